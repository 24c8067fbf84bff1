/* SPDX-License-Identifier: MIT */
/* The words of the form, as templates/da/words.txt has them. */
#ifndef TESTS_RULES_MINUTES_WORDS_H
#define TESTS_RULES_MINUTES_WORDS_H

#include "rules/minutes.h"

static const struct minutes_words da = { .of = {
	[WORD_FORUM] = "Forum", [WORD_WHEN] = "Tid", [WORD_PLACE] = "Sted",
	[WORD_PRESENT] = "Deltagere; Til stede",
	[WORD_REGRETS] = "Afbud", [WORD_MISSING] = "Ikke mødt",
	[WORD_GUESTS] = "Gæster", [WORD_OBSERVERS] = "Observatører",
	[WORD_WRITER] = "Referent", [WORD_DATE] = "Dato",
	[WORD_CASE] = "Sagsnr.; Sags nr.", [WORD_CASE_WORKER] =
	"Sagsbehandler", [WORD_TEXT] = "Tekst", [WORD_DECISION] =
	"Beslutning", [WORD_SPEECHES] = "Hvem sagde hvad",
	[WORD_PROMISES] = "Aftaler", [WORD_END] = "Slut på referatet",
	[WORD_QUOTED] = "Fra; Sendt; Til; Emne",
	[WORD_POINT] = "Punkt; Pkt.", [WORD_CLOSED] = "lukket punkt; lukket",
	[WORD_OPEN] = "åbent punkt", [WORD_NOBODY] = "ingen; -",
	[WORD_AND] = "og", [WORD_BY] = "den; senest; inden; d", [WORD_MONTHS] = "januar februar marts april maj "
	"juni juli august september oktober november december",
	[WORD_SAYS_PRESENT] = "kom alligevel; var med",
	[WORD_SAYS_REGRETS] = "meldte afbud",
	[WORD_SAYS_MISSING] = "kom ikke; var ikke med",
	[WORD_SAYS_GUEST] = "var gæst", [WORD_SAYS_OBSERVER] =
	"lyttede med",
} };

#endif
