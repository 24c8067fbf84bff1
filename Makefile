# Rådspost. `make demo` and `make test` need nothing but this tree: they
# install what is missing first. `make help` lists the targets.

VERSION = 0.1

# --- the packages, in one place (Debian 12) --------------------------------
PACKAGES_BUILD = gcc make pkg-config libetpan-dev libcurl4-gnutls-dev \
	libsqlite3-dev libcmark-dev \
	libjansson-dev libconfuse-dev libstemmer-dev libidn2-dev \
	libseccomp-dev libpango1.0-dev libcairo2-dev fonts-dejavu-core \
	ca-certificates
PACKAGES_TEST = libcmocka-dev libgmime-3.0-dev dovecot-imapd dovecot-lmtpd postfix openssl \
	python3 python3-icalendar sqlite3 strace mandoc gawk procps \
	poppler-utils qpdf
PACKAGES_CHECK = clang-14 libclang-rt-14-dev clang-tidy cppcheck valgrind

# --- how it is built --------------------------------------------------------
PREFIX ?= /usr/local
LIBEXECDIR ?= $(PREFIX)/libexec/raadspost
SYSCONFDIR ?= /etc
STATEDIR ?= /var/lib/raadspost
UNITDIR ?= $(PREFIX)/lib/systemd/system
MANDIR ?= $(PREFIX)/share/man
DATADIR ?= $(PREFIX)/share/raadspost

# SANITIZE=1 builds everything with ASan and UBSan, in a folder of its own.
ifdef SANITIZE
BUILD = build/sanitize
CFLAGS_KIND = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all
LDFLAGS_KIND = -fsanitize=address,undefined
else
BUILD = build/plain
CFLAGS_KIND = -O2 -g -D_FORTIFY_SOURCE=2 -fstack-clash-protection
LDFLAGS_KIND =
endif

CC = gcc
CFLAGS = -std=c17 -D_POSIX_C_SOURCE=200809L -fPIE \
	-Wall -Wextra -Werror -Wshadow -Wconversion -Wformat=2 \
	-Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
	-Wcast-qual -Wwrite-strings -Wundef -Wvla -Wimplicit-fallthrough \
	-Wnull-dereference \
	-fstack-protector-strong -fcf-protection -fno-common \
	-MMD -MP -Isrc -DVERSION='"$(VERSION)"' \
	-DLIBEXECDIR='"$(LIBEXECDIR)"' -DSYSCONFDIR='"$(SYSCONFDIR)"' \
	-DSTATEDIR='"$(STATEDIR)"' $(CFLAGS_KIND)
LDFLAGS = -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed \
	-pthread $(LDFLAGS_KIND)

# Foreign headers are system headers: their warnings are not ours.
PKGS_mail = libcurl libetpan jansson libidn2 libseccomp
PKGS_base = libconfuse libseccomp
PKGS_store = sqlite3
PKGS_render = libcmark jansson pangocairo pangoft2 fontconfig
# A second reader of mails, to compare ours with.
TEST_CFLAGS_gmime = $(patsubst -I%,-isystem %,$(shell \
	pkg-config --cflags gmime-3.0))
TEST_LIBS_gmime = $(shell pkg-config --libs gmime-3.0)
pkg_cflags = $(if $(PKGS_$1),$(patsubst -I%,-isystem %,$(shell \
	pkg-config --cflags $(filter-out libetpan,$(PKGS_$1)))))
LIBS = $(shell pkg-config --libs $(filter-out libetpan,$(sort \
	$(PKGS_mail) $(PKGS_base) $(PKGS_store) $(PKGS_render)))) \
	-letpan -lstemmer

# --- the house: rooms on floors (src/*/, see tests/floors.awk) --------------
FLOOR_0 = base
FLOOR_1 = rules mail
FLOOR_2 = understand store render
FLOOR_3 = outbox
FLOOR_4 = council
FLOOR_5 = intake calendar dispatch
FLOOR_6 = cli
UNDER_rules = $(FLOOR_0)
UNDER_mail = $(FLOOR_0)
UNDER_understand = $(FLOOR_1) $(FLOOR_0)
UNDER_store = $(UNDER_understand)
UNDER_render = $(UNDER_understand)
UNDER_outbox = $(FLOOR_2) $(UNDER_understand)
UNDER_council = $(FLOOR_3) $(UNDER_outbox)
UNDER_intake = $(FLOOR_4) $(UNDER_council)
UNDER_calendar = $(UNDER_intake)
UNDER_dispatch = $(UNDER_intake)
UNDER_cli = $(FLOOR_5) $(UNDER_intake)
ROOMS = $(FLOOR_6) $(FLOOR_5) $(FLOOR_4) $(FLOOR_3) $(FLOOR_2) $(FLOOR_1) \
	$(FLOOR_0)

MAINS = src/cli/main.c $(wildcard src/*/*_main.c)
room_objects = $(patsubst src/%.c,$(BUILD)/%.o,$(filter-out $(MAINS),\
	$(wildcard src/$1/*.c)))
room_archive = $(if $(call room_objects,$1),$(BUILD)/lib$1.a)
ARCHIVES = $(foreach r,$(ROOMS),$(call room_archive,$r))

PROGRAMS = $(if $(wildcard src/cli/main.c),$(BUILD)/raadspost) \
	$(patsubst %,$(BUILD)/raadspost-%,$(patsubst %_main.c,%,\
	$(notdir $(wildcard src/*/*_main.c))))

EMBEDDED = $(sort $(wildcard templates/*/*.md templates/*/*.html \
	templates/*/*.xml templates/*/*.css templates/*/*.txt src/store/schema.sql src/store/migrate/*.sql \
	src/understand/*.lexicon src/cli/*.conf))

TEST_SOURCES = $(wildcard tests/*/*_test.c)
TEST_PROGRAMS = $(TEST_SOURCES:tests/%.c=$(BUILD)/tests/%)
# Programs that scripted tests use, and people: tests/ROOM/NAME_tool.c.
TOOL_PROGRAMS = $(patsubst tests/%.c,$(BUILD)/tests/%,\
	$(wildcard tests/*/*_tool.c))

.PHONY: corpus mutants all programs tests deps demo test check quick install clean help golden \
	packages sweep bench story
.DELETE_ON_ERROR:
.SECONDARY:

programs: $(PROGRAMS)
all: programs

define room_rules
$(BUILD)/$1/%.o: src/$1/%.c Makefile | $(BUILD)/made
	@mkdir -p $$(@D)
	@echo "  CC $$@"
	@$$(CC) $$(CFLAGS) $$(call pkg_cflags,$1) -c -o $$@ $$<
$(BUILD)/lib$1.a: $(call room_objects,$1) $(if $(filter base,$1),\
    $(BUILD)/embedded_files.o)
	@rm -f $$@
	@ar rcs $$@ $$^
$(BUILD)/tests/$1/%_test: tests/$1/%_test.c $(call room_archive,$1) \
    $(foreach u,$(UNDER_$1),$(call room_archive,$u))
	@mkdir -p $$(@D)
	@echo "  LD $$@"
	@$$(CC) $$(CFLAGS) $$(call pkg_cflags,$1) $$(TEST_CFLAGS_$$(*F)) \
	    -Itests -o $$@ $$< $$(LDFLAGS) \
	    $(call room_archive,$1) \
	    $(foreach u,$(UNDER_$1),$(call room_archive,$u)) \
	    $$(LIBS) $$(TEST_LIBS_$$(*F)) -lcmocka
$(BUILD)/tests/$1/%_tool: tests/$1/%_tool.c $(call room_archive,$1) \
    $(foreach u,$(UNDER_$1),$(call room_archive,$u))
	@mkdir -p $$(@D)
	@echo "  LD $$@"
	@$$(CC) $$(CFLAGS) $$(call pkg_cflags,$1) -o $$@ $$< $$(LDFLAGS) \
	    $(call room_archive,$1) \
	    $(foreach u,$(UNDER_$1),$(call room_archive,$u)) $$(LIBS)
endef
$(foreach r,$(ROOMS),$(eval $(call room_rules,$r)))

$(BUILD)/made:
	@mkdir -p $(@D) && touch $@

# The files that are built in: a table of them, in assembler by .incbin.
$(BUILD)/embedded_files.c: $(EMBEDDED) tests/embed.sh Makefile | $(BUILD)/made
	@sh tests/embed.sh $(EMBEDDED) > $@
$(BUILD)/embedded_files.o: $(BUILD)/embedded_files.c
	@$(CC) $(CFLAGS) -c -o $@ $<

$(BUILD)/raadspost: $(BUILD)/cli/main.o $(ARCHIVES)
	@echo "  LD $@"
	@$(CC) -o $@ $< $(LDFLAGS) -Wl,--start-group $(ARCHIVES) \
	    -Wl,--end-group $(LIBS)
define main_rules
$(BUILD)/raadspost-$(patsubst %_main,%,$(basename $(notdir $1))): \
    $(patsubst src/%.c,$(BUILD)/%.o,$1) $(ARCHIVES)
	@echo "  LD $$@"
	@$$(CC) -o $$@ $$< $$(LDFLAGS) -Wl,--start-group $(ARCHIVES) \
	    -Wl,--end-group $$(LIBS)
endef
$(foreach m,$(filter %_main.c,$(MAINS)),$(eval $(call main_rules,$m)))

tests: $(TEST_PROGRAMS) $(TOOL_PROGRAMS) programs

# --- what a person types ----------------------------------------------------
packages:
	@echo $(PACKAGES_BUILD) $(PACKAGES_TEST) $(PACKAGES_CHECK)

deps:
	@sh tests/deps.sh $(PACKAGES_BUILD) $(PACKAGES_TEST) $(PACKAGES_CHECK)

# Everything, on a machine that may have nothing yet.
test: deps
	@$(MAKE) --no-print-directory -j2 tests
	@BUILD=$(BUILD) sh tests/run

# The same without looking for packages; `quick` only the unit tests, of one
# room with ROOM=name.
check: tests
	@BUILD=$(BUILD) sh tests/run
quick: $(if $(ROOM),$(filter $(BUILD)/tests/$(ROOM)/%,$(TEST_PROGRAMS)),\
    $(TEST_PROGRAMS))
	@BUILD=$(BUILD) sh tests/run units $(ROOM)

# The letters that the tests expect, written anew; look at `git diff`.
golden: $(BUILD)/tests/outbox/golden_test $(BUILD)/raadspost-corpus
	@GOLDEN=1 TZ=Europe/Copenhagen $(BUILD)/tests/outbox/golden_test
	@$(BUILD)/raadspost-corpus --examples > tests/understand/examples.golden
	@git status --short tests/outbox/letters \
	    tests/understand/examples.golden

# The main job on a private mail server, told as a story. WAIT=300 keeps the
# servers for five minutes, to be looked at with a mail program.
demo: deps
	@$(MAKE) --no-print-directory -j2 programs
	@BUILD=$(BUILD) sh tests/demo/demo.sh

# One case as a story, lived day by day: STORY=albertslund. KILLS=50 tells it
# so many times more, with the daemon killed at random moments: the same
# letters must come.
story: programs
	@BUILD=$(BUILD) KILLS=$(KILLS) sh tests/story/tell $(STORY)

# Killed at every system call of every process (make test: at every commit
# and every frame). Takes hours; PROCESS=reader takes one, STEP=7 every
# seventh call.
sweep: programs
	@BUILD=$(BUILD) sh tests/crash/sweep.sh full $(PROCESS)

# Speed and memory beside the raw limits; PART="intake letters" takes some of
# tests/bench/parts/. ROUNDS=3, N=10000 mails, SIZES="1000 10000 100000".
bench: programs $(BUILD)/bench/bare_imap $(BUILD)/tests/outbox/paper_tool
	@BUILD=$(BUILD) sh tests/bench/bench.sh $(PART)
$(BUILD)/bench/%: tests/bench/%.c
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) -o $@ $< $(LDFLAGS) $(LIBS)

# Into $(DESTDIR): programs, units, users and folders, manuals.
BINDIR ?= $(PREFIX)/bin
SYSUSERSDIR ?= $(PREFIX)/lib/sysusers.d
TMPFILESDIR ?= $(PREFIX)/lib/tmpfiles.d
fill_in = sed -e 's|@BINDIR@|$(BINDIR)|g' -e 's|@SYSCONFDIR@|$(SYSCONFDIR)|g' \
	-e 's|@STATEDIR@|$(STATEDIR)|g'
install: programs
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(LIBEXECDIR) \
	    $(DESTDIR)$(UNITDIR) $(DESTDIR)$(SYSUSERSDIR) \
	    $(DESTDIR)$(TMPFILESDIR) $(DESTDIR)$(MANDIR)/man5 \
	    $(DESTDIR)$(MANDIR)/man8
	install -m 755 $(BUILD)/raadspost $(DESTDIR)$(BINDIR)/
	install -m 755 $(filter-out $(BUILD)/raadspost,$(PROGRAMS)) \
	    $(DESTDIR)$(LIBEXECDIR)/
	$(fill_in) systemd/raadspost@.service.in \
	    > $(DESTDIR)$(UNITDIR)/raadspost@.service
	$(fill_in) systemd/raadspost.sysusers \
	    > $(DESTDIR)$(SYSUSERSDIR)/raadspost.conf
	$(fill_in) systemd/raadspost.tmpfiles \
	    > $(DESTDIR)$(TMPFILESDIR)/raadspost.conf
	chmod 644 $(DESTDIR)$(UNITDIR)/raadspost@.service \
	    $(DESTDIR)$(SYSUSERSDIR)/raadspost.conf \
	    $(DESTDIR)$(TMPFILESDIR)/raadspost.conf
	install -m 644 src/cli/raadspost.conf.5 $(DESTDIR)$(MANDIR)/man5/
	install -m 644 src/cli/raadspost.8 $(DESTDIR)$(MANDIR)/man8/
	@echo "installed under $(DESTDIR)$(PREFIX)"

# --- the understanding's own figures -----------------------------------------
# `make corpus CORPUS=DIR`: a directory with world.json, mail/ and expect.json.
corpus: $(BUILD)/raadspost-corpus
	@$(BUILD)/raadspost-corpus $(or $(CORPUS),tests/understand/egelund)

# Each lexicon rule is removed in turn; those that no example misses are told.
mutants: $(BUILD)/raadspost-corpus
	@$(BUILD)/raadspost-corpus --mutants

# libFuzzer on the words and the calendar reader, FUZZ_S seconds each.
.PHONY: fuzz
fuzz:
	@sh tests/fuzz/run

clean:
	rm -rf build

-include $(wildcard $(BUILD)/*/*.d $(BUILD)/tests/*/*.d $(BUILD)/*.d)
