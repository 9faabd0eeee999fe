// Which lines of the sources ran, counted by the line hook that Lua calls. Off unless it is asked for: calls then pay for it.
#include <stdlib.h>

#include "machine.h"

// A script may name what it loads as it likes; more names than a bundle has files are not followed.
#define NAMES_MOST 256

static rv_covered *covered(rv_machine *m, const char *source) {
    int names = 0;
    for (rv_covered *c = m->covered; c; c = c->next, names++)
        if (strcmp(c->name, source) == 0) return c;
    if (names == NAMES_MOST) return NULL;
    rv_covered *c = calloc(1, sizeof *c);
    if (!c || !(c->name = strdup(source))) abort();
    c->next = m->covered;
    return m->covered = c;
}

static void note(rv_machine *m, const char *source, int line) {
    if (source[0] != '@' || line < 1) return;
    rv_covered *c = covered(m, source + 1);
    if (!c) return;
    size_t wanted = (size_t)line;
    if (wanted > c->count) {
        size_t count = wanted + 64;
        uint8_t *lines = realloc(c->lines, count);
        if (!lines) abort();
        memset(lines + c->count, 0, count - c->count);
        c->lines = lines;
        c->count = count;
    }
    c->lines[line - 1] = 1;
}

void rv_cover_line(rv_machine *m, lua_State *L, lua_Debug *ar) {
    lua_getinfo(L, "Sl", ar);
    note(m, ar->source, ar->currentline);
}

void rv_forget_covered(rv_machine *m) {
    while (m->covered) {
        rv_covered *c = m->covered;
        m->covered = c->next;
        free(c->name);
        free(c->lines);
        free(c);
    }
}

void rv_cover(rv_machine *m) { m->covering = 1; }

const uint8_t *rv_covered_lines(rv_machine *m, const char *name, size_t *count) {
    const rv_covered *c = covered(m, name);
    *count = c ? c->count : 0;
    return c ? c->lines : NULL;
}
