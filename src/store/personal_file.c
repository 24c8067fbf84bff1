/* SPDX-License-Identifier: MIT */
/* One address, across all tables; and whom a letter reached. */
#include "store/personal_file.h"

#include "base/arena.h"
#include "base/text.h"
#include "store/db.h"
#include "store/letter.h"

#define FACTS_MOST 20000	/* more than one person ever wrote to a council */
#define LINES_MOST 5000

enum { FACTS, OF_MAIL, OF_ONE, N_STATEMENTS };
#define OF_BODY " JOIN body USING (body_id)"
/* A mail whose bytes are long is told of by its size: it is the person's own
 * and lies in the own mail program, too. */
#define OWN_BYTES "200000"
#define LINE "SELECT letter.letter_id, coalesce(sent.at, last_at, made_at)," \
	" coalesce(length(raw), 0), key, to_email, coalesce(sent.state," \
	" letter.state), coalesce(sent.answer, letter.answer) FROM letter" \
	" LEFT JOIN letter_raw USING (letter_id) LEFT JOIN sent USING" \
	" (letter_id)"
static const char *const sql[N_STATEMENTS] = {
[FACTS] =
	"SELECT 'person' AS kind, 0 AS at, name || ' <' || email || '>' ||"
	" coalesce(', ' || phone, '') AS words FROM person WHERE email ="
	" :email UNION ALL"
	" SELECT 'place', place.changed_at, body.name || ': ' || role ||"
	" coalesce(', ' || place.seat, '') || coalesce(', ' ||"
	" date(from_day * 86400, 'unixepoch'), '') || coalesce(' – ' ||"
	" date(until_day * 86400, 'unixepoch'), '') FROM place JOIN person"
	" USING (person_id)" OF_BODY " WHERE person.email = :email UNION ALL"
	" SELECT 'application', came_at, body.name || coalesce(', ' || seat,"
	" '') || ', ' || state || ': ' || words FROM application" OF_BODY
	" WHERE lower(email) = :email UNION ALL"
	" SELECT 'application', came_at, n.words FROM application_note n"
	" JOIN application USING (application_id) WHERE lower(email) = :email"
	" UNION ALL"
	" SELECT 'nomination', came_at, body.name || ', ' || state || ': ' ||"
	" coalesce(words, '') || coalesce(' / ' || own_words, '')"
	" FROM nomination" OF_BODY " WHERE lower(email) = :email UNION ALL"
	/* who was proposed is another's: the number says which */
	" SELECT 'proposed', came_at, body.name || ', ' || nomination_id ||"
	" ', ' || state FROM nomination" OF_BODY " WHERE lower(by_email) ="
	" :email UNION ALL"
	" SELECT 'attendance', at, meeting.slug || ': ' || reply"
	" FROM attendance JOIN meeting USING (meeting_id) WHERE lower(email)"
	" = :email UNION ALL"
	" SELECT 'guest', coalesce(invited_at, 0), meeting.slug ||"
	" coalesce(': ' || matter, '') || coalesce(' / ' || title, '')"
	" FROM meeting_guest JOIN meeting USING (meeting_id)"
	" WHERE lower(email) = :email UNION ALL"
	" SELECT 'guest', r.at, slug || ': ' || r.state || coalesce(', ' ||"
	" needs, '') FROM registration r JOIN workshop USING (workshop_id)"
	" JOIN (SELECT meeting_id, slug FROM meeting) USING (meeting_id)"
	" WHERE lower(r.email) = :email UNION ALL"
	" SELECT 'item', at, words FROM workshop_idea WHERE lower(email) ="
	" :email UNION ALL"
	" SELECT 'place', 0, g.title FROM working_group_member m JOIN"
	" working_group g USING (group_id) WHERE lower(m.email) = :email"
	" UNION ALL"
	" SELECT 'item', at, title || ': ' || words FROM item"
	" WHERE lower(by_email) = :email UNION ALL"
	" SELECT 'file', 0, f.name || ', ' || f.size_bytes FROM file f JOIN"
	" journal USING (journal_id) WHERE lower(by_email) = :email UNION ALL"
	" SELECT 'contribution', at, hearing.title || ': ' || words"
	" FROM contribution JOIN hearing USING (hearing_id)"
	" WHERE lower(email) = :email UNION ALL"
	" SELECT 'hearing', coalesce(asked_at, 0), name FROM hearing_party"
	" WHERE lower(email) = :email UNION ALL"
	" SELECT 'comment', at, meeting.slug || ': ' || coalesce(words, kind)"
	" FROM (SELECT * FROM comment WHERE lower(email) = :email) c JOIN"
	" (SELECT meeting_id, slug FROM meeting) meeting USING (meeting_id)"
	" UNION ALL"
	" SELECT 'ranking', at, letters FROM ranking WHERE lower(email) ="
	" :email UNION ALL"
	" SELECT 'minutes', 0, slug || ': ' || came FROM minutes_person JOIN"
	" minutes USING (minutes_id) JOIN meeting USING (meeting_id)"
	" WHERE lower(email) = :email UNION ALL"
	" SELECT 'promise', at, task FROM follow_up WHERE lower(email) ="
	" :email UNION ALL"
	" SELECT 'subscription', at, body.name FROM subscription" OF_BODY
	" WHERE lower(email) = :email AND replaced_by IS NULL UNION ALL"
	" SELECT 'reader', at, iif(text_only, 'text ', '') || iif(large,"
	" 'large ', '') || coalesce(language, '') FROM reader WHERE email ="
	" :email AND replaced_by IS NULL UNION ALL"
	" SELECT 'asked', asked_at, reason FROM pending WHERE lower(email) ="
	" :email UNION ALL"
	" SELECT 'mail', came_at, coalesce(subject, '') || char(10) ||"
	" coalesce(iif(length(raw) <= " OWN_BYTES ", CAST(raw AS TEXT),"
	" length(raw)), '') FROM mail LEFT JOIN mail_raw USING (mail_id)"
	" WHERE lower(from_email) = :email UNION ALL"
	" SELECT 'letter', made_at, subject || char(10) || coalesce(text, '')"
	" FROM letter LEFT JOIN letter_raw USING (letter_id)"
	" WHERE lower(to_email) = :email UNION ALL"
	" SELECT 'sent', sent.at, 'letter=' || letter_id || ' ' ||"
	" coalesce(sent.answer, '') FROM sent JOIN letter USING (letter_id)"
	" WHERE lower(to_email) = :email UNION ALL"
	" SELECT 'log', at, deed || coalesce(' ' || about, '') || ', ' ||"
	" coalesce(by_what, '') || ', ' || state FROM journal"
	" WHERE lower(by_email) = :email LIMIT :limit",
[OF_MAIL] =
	LINE " WHERE mail_id = :id ORDER BY 2 LIMIT :limit",
[OF_ONE] =
	LINE " WHERE letter.letter_id = :id ORDER BY 2 LIMIT :limit",
};
const struct statements personal_file_statements = { sql, N_STATEMENTS };

enum rc
personal_file(struct store *store, struct arena *arena, const char *email,
    struct personal_fact **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_PERSONAL_FILE, FACTS);
	struct personal_fact *list = arena_array(arena, FACTS_MOST,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":email", text_lower(arena, email));
	query_int(&q, ":limit", FACTS_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		list[count++] = (struct personal_fact){
			.kind = column_text(arena, &q, 0),
			.at = column_int(&q, 1),
			.words = column_text(arena, &q, 2) };
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

static enum rc
lines_load(struct store *store, struct arena *arena, int which, int64_t id,
    struct incident_line **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_PERSONAL_FILE, which);
	struct incident_line *list = arena_array(arena, LINES_MOST,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_int(&q, ":id", id);
	query_int(&q, ":limit", LINES_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		list[count++] = (struct incident_line){
			.letter_id = column_int(&q, 0),
			.at = column_int(&q, 1),
			.size_bytes = column_int(&q, 2),
			.key = column_text(arena, &q, 3),
			.to = column_text(arena, &q, 4),
			.state = letter_state_word((enum letter_state)
			    column_int(&q, 5)),
			.answer = column_text(arena, &q, 6) };
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
incident_of_mail(struct store *store, struct arena *arena, int64_t mail_id,
    struct incident_line **rows, size_t *n, struct err *err)
{
	return lines_load(store, arena, OF_MAIL, mail_id, rows, n, err);
}

enum rc
incident_of_letter(struct store *store, struct arena *arena,
    int64_t letter_id, struct incident_line **rows, size_t *n,
    struct err *err)
{
	return lines_load(store, arena, OF_ONE, letter_id, rows, n, err);
}
