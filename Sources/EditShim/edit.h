// What the parts of the editor share. Not seen by Swift.
#ifndef REVISIT_EDIT_H
#define REVISIT_EDIT_H

#define _GNU_SOURCE
#include <histedit.h>
#include <locale.h>
#include <stdio.h>
#include <termios.h>
#include <wchar.h>
#ifdef __APPLE__
#include <xlocale.h>
#endif

#include "EditShim.h"

struct edit {
    EditLine *line;
    History *history;
    FILE *in, *out, *complaints;
    int input, output;                // the caller's
    locale_t locale;                  // libedit reads, shows and measures text by the thread's locale
    edit_tab tab;
    void *context;
    const char *prompt;
    int end;                          // what ended the line, if not Return
    int replaced;                     // by the Tab callback
    char *list;                       // to be shown below the line; then the cursor goes back from its end
    size_t right;
};

// Makes the terminal raw with the process's signals held, and gives both back.
int signals_hold(edit *editor);
void signals_release(edit *editor);
// Waits for a byte, 0, or a signal after which the line is to be drawn again: SIGCONT or SIGWINCH. -1 is an error.
int signals_wait(int input);

int keys_add(edit *editor);
// Once the terminal is raw: as it becomes so, libedit binds anew what the terminal's own mode calls special.
int keys_bind(edit *editor);
// What libedit reads characters with.
int keys_read(EditLine *line, wchar_t *character);

#endif
