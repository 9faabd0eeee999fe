// Edits a line on a terminal. The editor is libedit, whose variadic calls are kept from Swift; nothing of its is seen outside.
//
// Texts are UTF-8, whatever the locale. An editor belongs to one thread at a time, and one editor reads at a time: there is one
// terminal to restore when the process is told to end.
#ifndef REVISIT_EDIT_SHIM_H
#define REVISIT_EDIT_SHIM_H

#include <stddef.h>

typedef struct edit edit;

enum { EDIT_TEXT, EDIT_INTERRUPTED, EDIT_END };

// Called on Tab with the line up to the cursor. Of the editor's it may call edit_replace, edit_list and edit_columns.
typedef void (*edit_tab)(void *context, const char *before_cursor);

// On two descriptors of terminals, which stay the caller's. The last `entries` entries are kept for recall. NULL when there is no memory
// or the terminal can't be edited on.
edit *edit_open(int input, int output, int entries, edit_tab tab, void *context);
void edit_close(edit *editor);

// Reads one line. The terminal is in its own mode before and after, also when a signal ends the process meanwhile. The text is without its
// newline and valid until the next call; one recalled from the history may have newlines in it.
//
// What is between two bytes of value 1 in the prompt takes no room: colours. Something visible must come after it, or it isn't shown.
//
// EDIT_INTERRUPTED is Ctrl-C; EDIT_END is Ctrl-D on an empty line, or a terminal that went away.
int edit_line(edit *editor, const char *prompt, const char **text, size_t *length);

// Puts an entry where Up and Ctrl-R find it, unless the one before is the same. Gives 0, or -1 when there is no memory.
int edit_remember(edit *editor, const char *entry);

// In place of so many Unicode scalars before the cursor.
void edit_replace(edit *editor, size_t scalars, const char *text);
// Whole lines, shown below the line that is being edited; the prompt then comes again below them.
void edit_list(edit *editor, const char *lines);
// The terminal's width.
size_t edit_columns(const edit *editor);

#endif
