#include "edit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define COLUMNS_UNKNOWN 80

// UTF-8 whatever the environment says: terminals speak it even where LANG is unset. It is the thread's, for the time of a call, and never
// the process's: what scripts call a letter must not depend on it.
static locale_t utf8_locale(void) {
    static const char *const names[] = {"C.UTF-8", "en_US.UTF-8", "UTF-8", ""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        locale_t locale = newlocale(LC_CTYPE_MASK, names[i], (locale_t)0);
        if (locale) return locale;
    }
    return (locale_t)0;
}

static char *prompt(EditLine *line) {
    edit *e = NULL;
    el_get(line, EL_CLIENTDATA, &e);
    return (char *)e->prompt;
}

static FILE *stream(int descriptor, const char *mode) {
    int own = dup(descriptor);
    FILE *file = own < 0 ? NULL : fdopen(own, mode);
    if (!file && own >= 0) close(own);
    return file;
}

edit *edit_open(int input, int output, int entries, edit_tab tab, void *context) {
    edit *e = calloc(1, sizeof *e);
    if (!e) return NULL;
    e->input = input;
    e->output = output;
    e->tab = tab;
    e->context = context;
    e->prompt = "";
    e->locale = utf8_locale();
    e->in = stream(input, "r");
    e->out = stream(output, "w");
    e->complaints = fopen("/dev/null", "w");
    e->history = history_init();
    if (!e->locale || !e->in || !e->out || !e->complaints || !e->history) goto fail;

    locale_t before = uselocale(e->locale);
    HistEvent event;
    e->line = el_init("revisit", e->in, e->out, e->complaints);
    int failed = !e->line
        || history(e->history, &event, H_SETSIZE, entries) < 0 || history(e->history, &event, H_SETUNIQUE, 1) < 0
        || el_set(e->line, EL_CLIENTDATA, e) < 0 || el_set(e->line, EL_PROMPT_ESC, prompt, '\1') < 0
        || el_set(e->line, EL_HIST, history, e->history) < 0 || el_set(e->line, EL_GETCFN, keys_read) < 0
        || keys_add(e) < 0;
    // One that the system has never heard of is taken for what nearly all are like.
    if (!failed && el_set(e->line, EL_TERMINAL, NULL) < 0) el_set(e->line, EL_TERMINAL, "xterm");
    uselocale(before);
    if (!failed) return e;
fail:
    edit_close(e);
    return NULL;
}

void edit_close(edit *e) {
    if (!e) return;
    if (e->line) {
        // The terminal is in its own mode already; libedit would set it once more and throw away what was typed ahead.
        el_set(e->line, EL_EDITMODE, 0);
        el_end(e->line);
    }
    if (e->history) history_end(e->history);
    if (e->in) fclose(e->in);
    if (e->out) fclose(e->out);
    if (e->complaints) fclose(e->complaints);
    if (e->locale) freelocale(e->locale);
    free(e->list);
    free(e);
}

int edit_line(edit *e, const char *prompt, const char **text, size_t *length) {
    *text = "";
    *length = 0;
    fflush(stdout);                   // what was printed comes before the prompt
    locale_t before = uselocale(e->locale);
    e->prompt = prompt;
    e->end = EDIT_END;
    const char *line = NULL;
    int count = 0;
    if (signals_hold(e) == 0) {
        e->end = EDIT_TEXT;
        if (keys_bind(e) == 0) line = el_gets(e->line, &count);
        fflush(e->out);
        signals_release(e);
    }
    e->prompt = "";
    uselocale(before);
    if (e->end != EDIT_TEXT) return e->end;
    if (!line || count <= 0) return EDIT_END;
    *text = line;
    *length = strlen(line);
    if (*length && line[*length - 1] == '\n') *length -= 1;
    return EDIT_TEXT;
}

int edit_remember(edit *e, const char *entry) {
    HistEvent event;
    return history(e->history, &event, H_ENTER, entry) < 0 ? -1 : 0;
}

void edit_replace(edit *e, size_t scalars, const char *text) {
    locale_t before = uselocale(e->locale);
    if (scalars) el_deletestr(e->line, (int)scalars);
    if (*text) el_insertstr(e->line, text);
    uselocale(before);
    e->replaced = 1;
}

void edit_list(edit *e, const char *lines) {
    free(e->list);
    e->list = strdup(lines);
}

size_t edit_columns(const edit *e) {
    struct winsize size;
    return ioctl(e->output, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : COLUMNS_UNKNOWN;
}
