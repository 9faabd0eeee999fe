// What the keys do, and how they are read.
#include "edit.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static edit *editor(EditLine *line) {
    edit *e = NULL;
    el_get(line, EL_CLIENTDATA, &e);
    return e;
}

static size_t scalars(const char *from, const char *to) {
    size_t count = 0;
    for (; from < to; from++) count += (*from & 0xC0) != 0x80;
    return count;
}

// What is shown below the line waits for the next read: libedit has then drawn the line with the cursor at its end, which is what brings
// the terminal below all of a line that takes several rows.
static unsigned char to_end(edit *e) {
    const LineInfo *info = el_line(e->line);
    e->right = scalars(info->cursor, info->lastchar);
    el_cursor(e->line, (int)e->right);
    return CC_REFRESH;
}

static unsigned char interrupt(EditLine *line, int key) {
    (void)key;
    edit *e = editor(line);
    e->end = EDIT_INTERRUPTED;
    return to_end(e);
}

static unsigned char end_or_delete(EditLine *line, int key) {
    (void)key;
    edit *e = editor(line);
    const LineInfo *info = el_line(line);
    if (info->lastchar == info->buffer) {
        e->end = EDIT_END;
        return to_end(e);
    }
    if (info->cursor == info->lastchar) return CC_ERROR;
    el_cursor(line, 1);
    el_deletestr(line, 1);
    return CC_REFRESH;
}

static unsigned char complete(EditLine *line, int key) {
    (void)key;
    edit *e = editor(line);
    const LineInfo *info = el_line(line);
    // A copy: what the callback inserts moves the line.
    char *before = strndup(info->buffer, (size_t)(info->cursor - info->buffer));
    if (!before) return CC_ERROR;
    e->replaced = 0;
    locale_t own = uselocale(LC_GLOBAL_LOCALE);
    e->tab(e->context, before);
    uselocale(own);
    free(before);
    if (e->list) return to_end(e);
    return e->replaced ? CC_REFRESH : CC_ERROR;
}

int keys_add(edit *e) {
    EditLine *line = e->line;
    return el_set(line, EL_EDITOR, "emacs") < 0
        || el_set(line, EL_ADDFN, "revisit-interrupt", "Gives the line up", interrupt) < 0
        || el_set(line, EL_ADDFN, "revisit-end", "Ends the input, or deletes a character", end_or_delete) < 0
        || el_set(line, EL_ADDFN, "revisit-complete", "Completes the word", complete) < 0 ? -1 : 0;
}

int keys_bind(edit *e) {
    static const char *const keys[][2] = {
        {"^C", "revisit-interrupt"}, {"^D", "revisit-end"}, {"^I", "revisit-complete"},
        {"^A", "ed-move-to-beg"}, {"^E", "ed-move-to-end"}, {"^K", "ed-kill-line"}, {"^U", "vi-kill-line-prev"},
        {"^W", "ed-delete-prev-word"}, {"^R", "em-inc-search-prev"}, {"^L", "ed-clear-screen"},
        // Every terminal's arrows, Home, End and Delete, in either of its modes.
        {"\\e[A", "ed-prev-history"}, {"\\eOA", "ed-prev-history"}, {"\\e[B", "ed-next-history"}, {"\\eOB", "ed-next-history"},
        {"\\e[C", "ed-next-char"}, {"\\eOC", "ed-next-char"}, {"\\e[D", "ed-prev-char"}, {"\\eOD", "ed-prev-char"},
        {"\\e[H", "ed-move-to-beg"}, {"\\eOH", "ed-move-to-beg"}, {"\\e[1~", "ed-move-to-beg"}, {"\\e[7~", "ed-move-to-beg"},
        {"\\e[F", "ed-move-to-end"}, {"\\eOF", "ed-move-to-end"}, {"\\e[4~", "ed-move-to-end"}, {"\\e[8~", "ed-move-to-end"},
        {"\\e[3~", "ed-delete-next-char"}, {"\\e[1;5C", "em-next-word"}, {"\\e[1;5D", "ed-prev-word"},
        {"\\e[1;3C", "em-next-word"}, {"\\e[1;3D", "ed-prev-word"},
        // Of no use here, but their codes must not end up in the text: Insert, Page Up, Page Down, arrows with Shift.
        {"\\e[2~", "ed-unassigned"}, {"\\e[5~", "ed-unassigned"}, {"\\e[6~", "ed-unassigned"},
        {"\\e[1;2A", "ed-unassigned"}, {"\\e[1;2B", "ed-unassigned"}, {"\\e[1;2C", "ed-next-char"}, {"\\e[1;2D", "ed-prev-char"},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (el_set(e->line, EL_BIND, keys[i][0], keys[i][1], NULL) < 0) return -1;
    return 0;
}

// How many rows the prompt and the text before the cursor take on a terminal as wide as it is now, but for the last of them.
static int rows_above(edit *e) {
    int width = (int)edit_columns(e), row = 0, column = 0;
    const char *texts[2] = {e->prompt, el_line(e->line)->buffer};
    const char *ends[2] = {e->prompt + strlen(e->prompt), el_line(e->line)->cursor};
    int shown = 1;
    for (int i = 0; i < 2; i++) {
        mbstate_t state;
        memset(&state, 0, sizeof state);
        for (const char *at = texts[i]; at < ends[i];) {
            wchar_t character;
            size_t length = mbrtowc(&character, at, (size_t)(ends[i] - at), &state);
            if (length == 0 || length > (size_t)(ends[i] - at)) break;
            at += length;
            if (character == 1 && i == 0) shown = !shown;
            int wide = wcwidth(character);
            if (character == L'\n') column = 0, row++;
            if (!shown || wide < 1) continue;
            if (column + wide > width) column = 0, row++;
            column += wide;
        }
    }
    return row;
}

static void draw_again(edit *e, int signal) {
    int above = signal == SIGWINCH ? rows_above(e) : 0;
    el_resize(e->line);
    // What a narrower terminal made of the line is taken away. After a stop the line comes below what was shown meanwhile.
    if (above > 0) fprintf(e->out, "\033[%dA", above);
    fputs("\r\033[J", e->out);
    el_set(e->line, EL_REFRESH);
    fflush(e->out);
}

static void show_list(edit *e) {
    fprintf(e->out, "\r\n%s", e->list);
    free(e->list);
    e->list = NULL;
    el_cursor(e->line, -(int)e->right);
    el_set(e->line, EL_REFRESH);
    fflush(e->out);
}

// One byte at a time: what was typed ahead stays in the terminal for whoever reads next.
static int read_byte(edit *e, unsigned char *byte) {
    for (;;) {
        int signal = signals_wait(e->input);
        if (signal < 0) return -1;
        if (signal > 0) {
            draw_again(e, signal);
            continue;
        }
        ssize_t count = read(e->input, byte, 1);
        if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        return (int)count;
    }
}

int keys_read(EditLine *line, wchar_t *character) {
    edit *e = editor(line);
    if (e->list) show_list(e);
    if (e->end != EDIT_TEXT) {
        fputs(e->end == EDIT_INTERRUPTED ? "^C\r\n" : "\r\n", e->out);
        return 0;
    }
    mbstate_t state;
    memset(&state, 0, sizeof state);
    for (;;) {
        unsigned char byte;
        int count = read_byte(e, &byte);
        if (count <= 0) return count;
        switch (mbrtowc(character, (const char *)&byte, 1, &state)) {
        case (size_t)-2: continue;    // more bytes of it follow
        case (size_t)-1: *character = 0xFFFD; return 1;
        default: return 1;
        }
    }
}
