// Lua's patterns (manual §6.4.1), charged for each step, so that no pattern outlasts its call's fuel.
#ifndef REVISIT_MATCHER_H
#define REVISIT_MATCHER_H

#include "machine.h"

#define RV_CAPTURES_MOST 32

typedef struct {
    const char *subject, *subject_end, *pattern_end;
    lua_State *L;
    rv_machine *machine;
    uint32_t steps;               // not yet charged
    int depth;                    // how much deeper the matching may recurse
    uint8_t level;                // captures begun
    struct { const char *start; ptrdiff_t length; } captures[RV_CAPTURES_MOST];
} rv_matcher;

void rv_matcher_begin(rv_matcher *m, lua_State *L, const char *subject, size_t length, const char *pattern_end);
// The end of a match that begins at `s`, or NULL.
const char *rv_match_at(rv_matcher *m, const char *s, const char *pattern);
// The first start at or after `s` where the pattern may match; NULL when there is none. Never passes over one.
const char *rv_match_candidate(rv_matcher *m, const char *s, const char *pattern);
// Pushes capture `index`; the whole match when the pattern has none and index is 0.
void rv_push_capture(rv_matcher *m, int index, const char *start, const char *end);
// Pushes all captures, or the whole match when there are none and `start` is not NULL. Gives how many.
int rv_push_captures(rv_matcher *m, const char *start, const char *end);
// Where a plain text is found, or NULL. Takes linear time.
const char *rv_find_plain(lua_State *L, const char *text, size_t length, const char *sought, size_t sought_length);
// Charges the steps that are left over.
void rv_matcher_settle(rv_matcher *m);

#endif
