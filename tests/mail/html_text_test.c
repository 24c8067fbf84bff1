/* SPDX-License-Identifier: MIT */
/* HTML as the one who reads the mail sees it. */
#include "test.h"

#include "base/arena.h"
#include "mail/html_text.h"

struct row {
	const char *says, *html, *text, *hidden;
};

static const struct row rows[] = {
	/* lines */
	{ "words", "a  b\n c", "a b c\n", NULL },
	{ "line ends", "a<br>b<br/>c</br>d", "a\nb\nc\nd\n", NULL },
	{ "divs", "<div>a</div><div>b</div>", "a\nb\n", NULL },
	{ "an empty div is an empty line", "<div>a</div><div><br></div>"
	  "<div>b</div>", "a\n\nb\n", NULL },
	{ "paragraphs", "<p>a<p>b</p>c", "a\n\nb\n\nc\n", NULL },
	{ "Word's paragraphs", "<p class=MsoNormal>a<o:p></o:p></p>"
	  "<p class=MsoNormal>&nbsp;</p><p class=\"MsoNormal\">b</p>",
	  "a\n\nb\n", NULL },
	{ "headings", "a<h1>b</h1>c", "a\n\nb\n\nc\n", NULL },
	{ "many empty lines are one", "a<br><br><br><br>b", "a\n\nb\n", NULL },
	{ "pre", "<pre>a  b\n  c</pre>d", "a  b\n  c\nd\n", NULL },
	{ "white-space: pre-wrap", "<div style='white-space:pre-wrap'>a\nb"
	  "</div>", "a\nb\n", NULL },
	{ "words across elements", "<b>a</b>b <i> c</i>", "ab c\n", NULL },
	{ "nothing", "", "", NULL },
	/* lists and tables */
	{ "a list", "<ul><li>a</li><li><p>b</p></li></ul>c", "- a\n- b\n\nc\n",
	  NULL },
	{ "a list in order", "<ol><li>a<li>b</ol>", "1. a\n2. b\n", NULL },
	{ "a list that starts later", "<ol start=4><li>a</ol>", "4. a\n",
	  NULL },
	{ "a table", "<table><tr><td>a</td><td>b</td></tr><tr><th>c<td>d"
	  "</table>e", "a  b\nc  d\ne\n", NULL },
	{ "paragraphs in cells", "<table><tr><td><p class=MsoNormal>a</p></td>"
	  "<td><p class=MsoNormal>b</p></td></tr></table>", "a  b\n", NULL },
	/* characters */
	{ "names and numbers", "&aelig;&oslash;&#229;&#xE5;&amp;lt;&lt;&#151;"
	  "&euro;&AElig", "æøåå&lt;<—€Æ\n", NULL },
	{ "what is no name", "a & b &x; &unknown; &#; 5<6", "a & b &x; "
	  "&unknown; &#; 5<6\n", NULL },
	{ "invisible ones", "a&zwnj;b&#8203;c&shy;d&#x202e;e&#0;f",
	  "abcde\xef\xbf\xbd""f\n", NULL },
	{ "controls", "a&#13;&#10;b&#27;c", "a bc\n", NULL },
	/* what is no word */
	{ "comments", "a<!-- b -->c<!--[if mso]>d<![endif]-->e<![if !mso]>f"
	  "<![endif]>g<!>h<!-->i<?x y?>j", "acefghij\n", NULL },
	{ "a comment that never ends", "a<!-- b", "a\n", NULL },
	{ "script, style, title", "<title>t</title><style>s</style>"
	  "<SCRIPT>if(a</b>c)</SCRIPT>d", "d\n", NULL },
	{ "a style that never ends", "a<style>b", "a\n", NULL },
	{ "a picture", "a<img alt=Logo src=x>b<img alt=\"\xf0\x9f\x91\x8d\">",
	  "ab\xf0\x9f\x91\x8d\n", NULL },
	{ "a link", "<a href='mailto:x@y'>a</a> b", "a b\n", NULL },
	{ "a tag that never ends", "a<b c", "a\n", NULL },
	{ "a > in an attribute", "a<b c='>'>d</b>", "ad\n", NULL },
	/* hidden words (THREATS 16) */
	{ "display: none", "a<span style='display:none'>x <b>y</b></span>b",
	  "ab\n", "x y" },
	{ "display: none !important, other case",
	  "<DIV STYLE=\"Display : NONE !Important\">x</DIV>b", "b\n", "x" },
	{ "as an entity", "<p style='display&#58;none'>x</p>b", "b\n", "x" },
	{ "visibility", "<p style=visibility:hidden>x<b "
	  "style=visibility:visible>y</b></p>", "y\n", "x" },
	{ "font-size: 0", "<p style='font-size:0px'>x<b "
	  "style='font-size:12pt'>y</b></p>", "y\n", "x" },
	{ "font-size: 1px", "<p style='font-size:1px'>x</p>y", "y\n", "x" },
	{ "font-size: .5em is small", "<p style='font-size:.5em'>x</p>",
	  "x\n", NULL },
	{ "white on white", "<p style='color:#fff'>x</p>y", "y\n", "x" },
	{ "nearly white on white", "<p style='color:#fdfdfe'>x</p>y", "y\n",
	  "x" },
	{ "font color=white", "<font color=white>x</font>y", "y\n", "x" },
	{ "white on blue", "<div style='background:#00f'><p "
	  "style='color:white'>x</p></div>y", "x\n\ny\n", NULL },
	{ "white on a picture", "<td background=x style='background:url(y)'>"
	  "<p style='color:white'>x", "x\n", NULL },
	{ "bgcolor without a sign", "<table bgcolor=ffffff><tr><td "
	  "bgcolor='#101010' style='color:rgb(16, 16, 16)'>x<td>y", "y\n",
	  "x" },
	{ "opacity", "<p style='opacity:0'>x</p><p style='opacity:.9'>y",
	  "y\n", "x" },
	{ "mso-hide", "<p style='mso-hide:all'>x</p>y", "y\n", "x" },
	{ "hidden", "<p hidden>x</p>y", "y\n", "x" },
	{ "max-height: 0", "<div style='max-height:0;overflow:hidden'>x</div>y",
	  "y\n", "x" },
	{ "height: 0, clipped", "<div style='height:0;overflow:hidden'>x</div>"
	  "y", "y\n", "x" },
	{ "far to the left", "<p style='text-indent:-9999px'>x</p>y", "y\n",
	  "x" },
	{ "transparent", "<p style='color:rgba(0,0,0,0)'>x</p>y", "y\n",
	  "x" },
	{ "a class", "<style>.pre{display:none}</style><p class='a pre'>x</p>"
	  "y", "y\n", "x" },
	{ "a tag and its class, in Word's marks", "<style><!-- /* a */ p.x, "
	  "li.x {font-size:0} --></style><p class=x>x</p><div class=x>y"
	  "</div>", "y\n", "x" },
	{ "an id", "<style>#a{visibility:hidden}</style><p id=a>x</p>y",
	  "y\n", "x" },
	{ "important beats the element", "<style>.a{display:none!important}"
	  "</style><p class=a style='display:block'>x</p>y", "y\n", "x" },
	{ "another screen", "<style>@media print{.a{display:none}} "
	  ".b{color:red}</style><p class=a>x", "x\n", NULL },
	{ "a template", "<template>x</template>y", "y\n", "x" },
	{ "hidden stays so behind a wrong end", "<b><div style=display:none>x"
	  "</b>y</div>z", "z\n", "xy" },
	{ "blanks alone are not hidden words", "<p style=display:none>"
	  "&zwnj;&nbsp;</p>y", "y\n", NULL },
	/* quotations */
	{ "blockquote", "a<blockquote>b<br>c</blockquote>d",
	  "a\n> b\n> c\nd\n", NULL },
	{ "blockquotes", "<blockquote>a<blockquote>b</blockquote></blockquote>",
	  "> a\n>> b\n", NULL },
	{ "an indent is none", "<blockquote style='margin:0 0 0 40px;"
	  "border:none;padding:0px'>a</blockquote>", "a\n", NULL },
	{ "Gmail", "<div dir=ltr>a</div><br><div class=\"gmail_quote "
	  "gmail_quote_container\"><div class=gmail_attr>N. skrev:<br></div>"
	  "<blockquote class=gmail_quote>b</blockquote></div>",
	  "a\n\n> N. skrev:\n> b\n", NULL },
	{ "Gmail, answers between", "<div class=gmail_quote><div "
	  "class=gmail_attr>N. skrev:</div><blockquote>b</blockquote>"
	  "<div>svar</div><blockquote>c</blockquote></div>",
	  "> N. skrev:\n> b\nsvar\n> c\n", NULL },
	{ "Gmail, forwarded", "a<div class=gmail_quote><div class=gmail_attr>"
	  "---- Forwarded<br></div><br>b</div>c", "a\n> ---- Forwarded\n>\n"
	  "> b\nc\n", NULL },
	{ "Outlook on the web", "a<div id=appendonsend></div><hr><div "
	  "id=divRplyFwdMsg>Fra: N</div><div>b</div>", "a\n> Fra: N\n> b\n",
	  NULL },
	{ "Outlook", "<p class=MsoNormal>a</p><div><div style='border:none;"
	  "border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p "
	  "class=MsoNormal>Fra: N</p></div></div><p class=MsoNormal>b</p>",
	  "a\n> Fra: N\n> b\n", NULL },
	{ "Thunderbird", "<p>a</p><div class=moz-cite-prefix>N. skrev:<br>"
	  "</div><blockquote type=cite>b</blockquote><p>c</p>",
	  "a\n\n> N. skrev:\n> b\n\nc\n", NULL },
	{ "Apple", "a<div><br><blockquote type=cite>N. skrev:<br><br>"
	  "</blockquote></div><blockquote type=cite>b</blockquote>",
	  "a\n\n> N. skrev:\n>\n> b\n", NULL },
	{ "Yahoo", "a<div id=yahoo_quoted_1 class=yahoo_quoted>b</div>",
	  "a\n> b\n", NULL },
	{ "as Outlook copied it", "a<div id=x_divRplyFwdMsg>b</div>c",
	  "a\n> b\n> c\n", NULL },
	{ "a long chain", "<blockquote><blockquote><blockquote>a", ">>> a\n",
	  NULL },
};

static void
every_form_reads_as_it_is_seen(void **state)
{
	struct arena *arena = arena_open();
	int faults = 0;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct html_text got = html_text_read(arena, rows[i].html);

		if (strcmp(got.text, rows[i].text) != 0
		    || (got.hidden == NULL) != (rows[i].hidden == NULL)
		    || (got.hidden != NULL
		    && strcmp(got.hidden, rows[i].hidden) != 0)) {
			print_error("%s: «%s» hidden «%s»\n", rows[i].says,
			    got.text, got.hidden == NULL ? "-" : got.hidden);
			faults++;
		}
	}
	assert_int_equal(faults, 0);
	arena_close(&arena);
}

static void
answers_in_colour_are_noticed(void **state)
{
	static const struct { const char *html; bool want; } forms[] = {
		{ "<blockquote>punkt <span style='color:red'>nej</span></"
		  "blockquote>", true },
		{ "<blockquote>punkt <font color='#0070C0'>nej</font></"
		  "blockquote>", true },
		{ "<span style='color:red'>nej</span><blockquote>punkt</"
		  "blockquote>", false },
		{ "<blockquote>punkt <a href=x style='color:blue'>nej</a></"
		  "blockquote>", false },
		{ "<blockquote style='color:#500050'>punkt</blockquote>",
		  false },
		{ "<blockquote style='color:blue'>alt er blaat</blockquote>",
		  false },
		{ "<blockquote>punkt <span style='color:#666'>nej</span></"
		  "blockquote>", false },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		assert_int_equal(html_text_read(arena, forms[i].html)
		    .has_coloured, forms[i].want);
	arena_close(&arena);
}

static void
two_forms_are_compared_by_their_words(void **state)
{
	static const struct { const char *a, *b; bool differs; } forms[] = {
		{ "Afbud fra mig.", "Afbud  fra\nmig", false },
		{ "Afbud fra mig.", "Godkend", true },
		{ "afbud", "", true },
		{ "", "godkend", true },
		{ "Jeg kommer", "Jeg kommer ikke", true },
		{ "Jeg kommer ikke, Ole kommer", "Jeg kommer, Ole kommer ikke",
		  true },
		{ "*Vigtigt* – husk", "Vigtigt: husk", false },
		{ "> citat\n> to", "citat to", false },
		{ "se www.x.example/y<https://x.example/y> her", "se her",
		  false },
		{ "Skriv til x@y.example<mailto:x@y.example>",
		  "Skriv til x@y.example", false },
		{ "hej [cid:image001.png@01] der", "hej der", false },
		{ "[Logo]\nKh", "Kh", false },
		{ "1. et\n2. to", "et to", false },
		{ "den\n26. maj", "den 26. maj", false },
		{ "den 26. kl. 16", "den 8. kl. 16", true },
		{ "punkt 3 slettes", "punkt 4 slettes", true },
		{ "Petrovic", "Petrovi\xc4\x87", false },
		{ "et to tre fire fem", "et to fem", true },
	};
	struct arena *arena = arena_open();
	int faults = 0;

	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (html_text_differs(arena, forms[i].a, forms[i].b)
		    != forms[i].differs) {
			print_error("«%s» «%s»\n", forms[i].a, forms[i].b);
			faults++;
		}
	assert_int_equal(faults, 0);
	arena_close(&arena);
}

static void
a_page_may_name_its_own_set(void **state)
{
	static const char page[] = "<meta http-equiv=x content=\"text/html; "
	    "charset=iso-8859-2\">";
	struct bytes b = { (const unsigned char *)page, sizeof page - 1 };
	struct arena *arena = arena_open();

	(void)state;
	assert_string_equal(html_charset(arena, NULL, b), "iso-8859-2");
	assert_string_equal(html_charset(arena, "utf-8", b), "utf-8");
	b.n = 0;
	assert_null(html_charset(arena, NULL, b));
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_reads_as_it_is_seen),
		cmocka_unit_test(answers_in_colour_are_noticed),
		cmocka_unit_test(two_forms_are_compared_by_their_words),
		cmocka_unit_test(a_page_may_name_its_own_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
