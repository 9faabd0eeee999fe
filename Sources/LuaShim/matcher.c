#define _GNU_SOURCE  // memmem
#include "matcher.h"

#define ESCAPE '%'
#define DEPTH_MOST 200
#define STEPS_A_CHARGE 256
#define BYTES_A_STEP 16               // of what the C library searches for us

enum { OPEN = -1, POSITION = -2 };    // lengths of captures that have none

// Character classes of the C locale, whatever locale the host is in.
enum { ALPHA = 1, DIGIT = 2, LOWER = 4, UPPER = 8, SPACE = 16, CONTROL = 32, PUNCTUATION = 64, HEXADECIMAL = 128 };

static const uint8_t classes[256] = {
    [0 ... 8] = CONTROL, ['\t' ... '\r'] = SPACE | CONTROL, [14 ... 31] = CONTROL, [127] = CONTROL, [' '] = SPACE,
    ['!' ... '/'] = PUNCTUATION, [':' ... '@'] = PUNCTUATION, ['[' ... '`'] = PUNCTUATION, ['{' ... '~'] = PUNCTUATION,
    ['0' ... '9'] = DIGIT | HEXADECIMAL,
    ['A' ... 'F'] = ALPHA | UPPER | HEXADECIMAL, ['G' ... 'Z'] = ALPHA | UPPER,
    ['a' ... 'f'] = ALPHA | LOWER | HEXADECIMAL, ['g' ... 'z'] = ALPHA | LOWER,
};

// What each letter after a '%' asks for; 0 for those that ask for something else.
static const uint8_t asked[256] = {
    ['a'] = ALPHA, ['A'] = ALPHA, ['c'] = CONTROL, ['C'] = CONTROL, ['d'] = DIGIT, ['D'] = DIGIT,
    ['g'] = ALPHA | DIGIT | PUNCTUATION, ['G'] = ALPHA | DIGIT | PUNCTUATION, ['l'] = LOWER, ['L'] = LOWER,
    ['p'] = PUNCTUATION, ['P'] = PUNCTUATION, ['s'] = SPACE, ['S'] = SPACE, ['u'] = UPPER, ['U'] = UPPER,
    ['w'] = ALPHA | DIGIT, ['W'] = ALPHA | DIGIT, ['x'] = HEXADECIMAL, ['X'] = HEXADECIMAL,
};

static inline int in_class(uint8_t c, uint8_t letter) {
    if (asked[letter]) return ((classes[c] & asked[letter]) != 0) == ((classes[letter] & LOWER) != 0);
    if (letter == 'z' || letter == 'Z') return (c == 0) == (letter == 'z');  // no longer in the manual, still in the library
    return letter == c;               // an escaped character that is no class
}

static inline void spend(rv_matcher *m, uint32_t steps) {
    m->steps += steps;
    if (m->steps < STEPS_A_CHARGE) return;
    rv_charge(m->machine, m->steps);
    m->steps = 0;
}

void rv_matcher_settle(rv_matcher *m) {
    rv_charge(m->machine, m->steps);
    m->steps = 0;
}

void rv_matcher_begin(rv_matcher *m, lua_State *L, const char *subject, size_t length, const char *pattern_end) {
    m->L = L;
    m->machine = rv_of(L);
    m->subject = subject;
    m->subject_end = subject + length;
    m->pattern_end = pattern_end;
    m->steps = 0;
    m->depth = DEPTH_MOST;
    m->level = 0;
}

// The end of the single-character item at `p`: a character, %x or [set].
static const char *item_end(rv_matcher *m, const char *p) {
    char c = *p++;
    if (c == ESCAPE) {
        if (p == m->pattern_end) luaL_error(m->L, "malformed pattern (ends with '%%')");
        return p + 1;
    }
    if (c != '[') return p;
    const char *start = p;
    if (p < m->pattern_end && *p == '^') p++;
    do {                              // a ']' in first place stands for itself
        if (p == m->pattern_end) luaL_error(m->L, "malformed pattern (missing ']')");
        c = *p++;
        if (c == ESCAPE) {
            if (p == m->pattern_end) luaL_error(m->L, "malformed pattern (missing ']')");
            p++;
        }
    } while (p == m->pattern_end || *p != ']');
    spend(m, (uint32_t)(p - start) / 4);
    return p + 1;
}

// Whether the set from `p`, its '[', to `end`, its ']', has the character.
static int in_set(rv_matcher *m, uint8_t c, const char *p, const char *end) {
    const char *start = p;
    int found = 1;
    if (p[1] == '^') {
        found = 0;
        p++;
    }
    while (++p < end) {
        if (*p == ESCAPE) {
            p++;
            if (in_class(c, (uint8_t)*p)) break;
        } else if (p[1] == '-' && p + 2 < end) {
            p += 2;
            if ((uint8_t)p[-2] <= c && c <= (uint8_t)*p) break;
        } else if ((uint8_t)*p == c) {
            break;
        }
    }
    if (p - start > 8) spend(m, (uint32_t)(p - start) / 4);
    return p < end ? found : !found;
}

// Whether the item from `p` to `end` takes the character at `s`.
static inline int takes(rv_matcher *m, const char *s, const char *p, const char *end) {
    if (s >= m->subject_end) return 0;
    switch (*p) {
    case '.': return 1;
    case ESCAPE: return in_class((uint8_t)*s, (uint8_t)p[1]);
    case '[': return in_set(m, (uint8_t)*s, p, end - 1);
    default: return *p == *s;
    }
}

static const char *match(rv_matcher *m, const char *s, const char *p);

static const char *match_balance(rv_matcher *m, const char *s, const char *p) {
    if (p + 1 >= m->pattern_end) luaL_error(m->L, "malformed pattern (missing arguments to '%%b')");
    if (s >= m->subject_end || *s != *p) return NULL;
    const char *start = s;
    char open = p[0], close = p[1];
    int nested = 1;
    while (++s < m->subject_end) {
        if (*s == close) {
            if (--nested == 0) break;
        } else if (*s == open) {
            nested++;
        }
    }
    spend(m, (uint32_t)(s - start));
    return s < m->subject_end ? s + 1 : NULL;
}

static const char *match_longest(rv_matcher *m, const char *s, const char *p, const char *end) {
    ptrdiff_t count = 0;
    while (takes(m, s + count, p, end)) count++;
    spend(m, (uint32_t)count);
    for (; count >= 0; count--) {
        const char *found = match(m, s + count, end + 1);
        if (found) return found;
    }
    return NULL;
}

static const char *match_shortest(rv_matcher *m, const char *s, const char *p, const char *end) {
    for (;;) {
        const char *found = match(m, s, end + 1);
        if (found) return found;
        if (!takes(m, s, p, end)) return NULL;
        s++;
    }
}

static const char *begin_capture(rv_matcher *m, const char *s, const char *p, ptrdiff_t length) {
    if (m->level >= RV_CAPTURES_MOST) luaL_error(m->L, "too many captures");
    m->captures[m->level].start = s;
    m->captures[m->level].length = length;
    m->level++;
    const char *found = match(m, s, p);
    if (!found) m->level--;
    return found;
}

static const char *end_capture(rv_matcher *m, const char *s, const char *p) {
    int level = m->level;
    do {
        if (--level < 0) luaL_error(m->L, "invalid pattern capture");
    } while (m->captures[level].length != OPEN);
    m->captures[level].length = s - m->captures[level].start;
    const char *found = match(m, s, p);
    if (!found) m->captures[level].length = OPEN;
    return found;
}

static const char *match_capture(rv_matcher *m, const char *s, char digit) {
    int index = digit - '1';
    if (index < 0 || index >= m->level || m->captures[index].length == OPEN) {
        luaL_error(m->L, "invalid capture index %%%d", index + 1);
    }
    ptrdiff_t length = m->captures[index].length;
    if (length < 0 || m->subject_end - s < length) return NULL;  // a position capture is no text that could come again
    spend(m, (uint32_t)length / BYTES_A_STEP);
    return memcmp(m->captures[index].start, s, (size_t)length) == 0 ? s + length : NULL;
}

static int at_frontier(rv_matcher *m, const char *s, const char *set, const char *end) {
    uint8_t before = s == m->subject ? 0 : (uint8_t)s[-1], here = s < m->subject_end ? (uint8_t)*s : 0;
    return !in_set(m, before, set, end - 1) && in_set(m, here, set, end - 1);
}

// Matches the rest of the pattern at `s`. Items that can't fail in two ways are taken in the loop.
static const char *match_items(rv_matcher *m, const char *s, const char *p) {
    while (p != m->pattern_end) {
        spend(m, 1);
        switch (*p) {
        case '(':
            if (p + 1 < m->pattern_end && p[1] == ')') return begin_capture(m, s, p + 2, POSITION);
            return begin_capture(m, s, p + 1, OPEN);
        case ')': return end_capture(m, s, p + 1);
        case '$':
            if (p + 1 == m->pattern_end) return s == m->subject_end ? s : NULL;
            break;
        case ESCAPE:
            if (p + 1 == m->pattern_end) break;
            if (p[1] == 'b') {
                s = match_balance(m, s, p + 2);
                if (!s) return NULL;
                p += 4;
                continue;
            }
            if (p[1] == 'f') {
                p += 2;
                if (p == m->pattern_end || *p != '[') luaL_error(m->L, "missing '[' after '%%f' in pattern");
                const char *end = item_end(m, p);
                if (!at_frontier(m, s, p, end)) return NULL;
                p = end;
                continue;
            }
            if (p[1] >= '0' && p[1] <= '9') {
                s = match_capture(m, s, p[1]);
                if (!s) return NULL;
                p += 2;
                continue;
            }
            break;
        }
        const char *end = item_end(m, p);
        char suffix = end == m->pattern_end ? 0 : *end;
        switch (suffix) {
        case '*': return match_longest(m, s, p, end);
        case '+': return takes(m, s, p, end) ? match_longest(m, s + 1, p, end) : NULL;
        case '-': return match_shortest(m, s, p, end);
        case '?': {
            const char *found;
            if (takes(m, s, p, end) && (found = match(m, s + 1, end + 1))) return found;
            p = end + 1;
            continue;
        }
        }
        if (!takes(m, s, p, end)) return NULL;
        s++;
        p = end;
    }
    return s;
}

static const char *match(rv_matcher *m, const char *s, const char *p) {
    if (m->depth-- == 0) luaL_error(m->L, "pattern too complex");
    const char *found = match_items(m, s, p);
    m->depth++;
    return found;
}

const char *rv_match_at(rv_matcher *m, const char *s, const char *pattern) {
    m->level = 0;
    m->depth = DEPTH_MOST;
    return match(m, s, pattern);
}

const char *rv_match_candidate(rv_matcher *m, const char *s, const char *pattern) {
    if (pattern == m->pattern_end || memchr("^$*+?.([%-)", *pattern, 11)) return s;
    if (pattern + 1 < m->pattern_end && memchr("*?-", pattern[1], 3)) return s;
    const char *found = memchr(s, *pattern, (size_t)(m->subject_end - s));
    spend(m, (uint32_t)((found ? found : m->subject_end) - s) / BYTES_A_STEP);
    return found;
}

const char *rv_find_plain(lua_State *L, const char *text, size_t length, const char *sought, size_t sought_length) {
    const char *found = sought_length == 0 ? text : memmem(text, length, sought, sought_length);
    rv_charge(rv_of(L), ((size_t)((found ? found : text + length) - text) + sought_length) / BYTES_A_STEP);
    return found;
}

void rv_push_capture(rv_matcher *m, int index, const char *start, const char *end) {
    if (index >= m->level) {
        if (index != 0) luaL_error(m->L, "invalid capture index %%%d", index + 1);
        lua_pushlstring(m->L, start, (size_t)(end - start));
        return;
    }
    ptrdiff_t length = m->captures[index].length;
    if (length == OPEN) luaL_error(m->L, "unfinished capture");
    if (length == POSITION) lua_pushinteger(m->L, m->captures[index].start - m->subject + 1);
    else lua_pushlstring(m->L, m->captures[index].start, (size_t)length);
}

int rv_push_captures(rv_matcher *m, const char *start, const char *end) {
    int count = m->level == 0 && start ? 1 : m->level;
    luaL_checkstack(m->L, count, "too many captures");
    for (int i = 0; i < count; i++) rv_push_capture(m, i, start, end);
    return count;
}
