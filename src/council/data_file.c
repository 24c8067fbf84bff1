/* SPDX-License-Identifier: MIT */
/* All that is kept about one address, as one text that its owner can read. */
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "council/data.h"
#include "render/day_words.h"
#include "render/template.h"
#include "rules/cpr.h"
#include "store/personal_file.h"

/* In the order in which they are told; each has a heading in words.txt,
 * data-KIND, and a purpose with its period, data-KIND-why. */
static const char *const kinds[] = { "person", "place", "application",
    "nomination", "proposed", "attendance", "guest", "item", "file",
    "contribution", "hearing", "comment", "ranking", "minutes", "promise",
    "subscription", "reader", "asked", "mail", "letter", "sent", "log" };

static void
kind_write(struct arena *arena, const char *language, const char *kind,
    const struct personal_fact *rows, size_t n, struct buf *out)
{
	bool first = true;

	for (size_t i = 0; i < n; i++) {
		if (strcmp(rows[i].kind, kind) != 0)
			continue;
		if (first)
			buf_addf(out, "\n## %s\n%s\n\n", words_get(arena,
			    language, arena_printf(arena, "data-%s", kind)),
			    words_get(arena, language, arena_printf(arena,
			    "data-%s-why", kind)));
		first = false;
		buf_addf(out, "- %s%s%s\n", rows[i].at == 0 ? "" :
		    day_words_at(arena, language, rows[i].at),
		    rows[i].at == 0 ? "" : ": ", rows[i].words == NULL ? ""
		    : cpr_mask(arena, rows[i].words, CPR_POSSIBLE, NULL));
	}
}

enum rc
data_file(struct store *store, struct arena *arena, const char *email,
    const char *language, int64_t now_at, const char **text,
    struct err *err)
{
	struct buf out = buf_open(arena);
	struct personal_fact *rows;
	size_t n;
	enum rc rc = personal_file(store, arena, email, &rows, &n, err);

	if (rc != RC_OK)
		return rc;
	buf_addf(&out, "# %s %s, %s\n\n%s\n", words_get(arena, language,
	    "data-title"), email, day_words(arena, language,
	    date_local(now_at).day), words_get(arena, language, n == 0 ?
	    "data-nothing" : "data-rights"));
	for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
		kind_write(arena, language, kinds[k], rows, n, &out);
	*text = buf_text(&out);
	return RC_OK;
}
