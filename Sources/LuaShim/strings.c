// string.find, match, gmatch, gsub and rep (manual §6.4), bounded.
#include <limits.h>

#include "matcher.h"

#define REPETITIONS_A_FUEL 4          // the bytes are paid for where they are allocated

// The place that `position` means in a text: negative ones count from its end; 1 at least (manual §6.4).
static size_t place_of(lua_Integer position, size_t length) {
    if (position > 0) return (size_t)position;
    if (position == 0 || position < -(lua_Integer)length) return 1;
    return length + (size_t)position + 1;
}

static int has_no_specials(const char *pattern, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if (memchr("^$*+?.([%-", pattern[i], 10)) return 0;
    }
    return 1;
}

static int find_or_match(lua_State *L, int finding) {
    size_t length, pattern_length;
    const char *s = luaL_checklstring(L, 1, &length);
    const char *p = luaL_checklstring(L, 2, &pattern_length);
    size_t start = place_of(luaL_optinteger(L, 3, 1), length) - 1;
    if (start > length) {
        luaL_pushfail(L);
        return 1;
    }
    if (finding && (lua_toboolean(L, 4) || has_no_specials(p, pattern_length))) {
        const char *found = rv_find_plain(L, s + start, length - start, p, pattern_length);
        if (!found) {
            luaL_pushfail(L);
            return 1;
        }
        lua_pushinteger(L, found - s + 1);
        lua_pushinteger(L, found - s + (lua_Integer)pattern_length);
        return 2;
    }
    rv_matcher m;
    int anchored = pattern_length > 0 && *p == '^';
    rv_matcher_begin(&m, L, s, length, p + pattern_length);
    if (anchored) p++;
    const char *at = s + start, *end = NULL;
    do {
        if (!anchored && !(at = rv_match_candidate(&m, at, p))) break;
        end = rv_match_at(&m, at, p);
    } while (!end && at++ < m.subject_end && !anchored);
    rv_matcher_settle(&m);
    if (!end) {
        luaL_pushfail(L);
        return 1;
    }
    if (!finding) return rv_push_captures(&m, at, end);
    lua_pushinteger(L, at - s + 1);
    lua_pushinteger(L, end - s);
    return rv_push_captures(&m, NULL, NULL) + 2;
}

static int string_find(lua_State *L) { return find_or_match(L, 1); }
static int string_match(lua_State *L) { return find_or_match(L, 0); }

// Upvalues: text, pattern, where to go on, where the last match ended (-1: none yet).
static int next_match(lua_State *L) {
    size_t length, pattern_length;
    const char *s = lua_tolstring(L, lua_upvalueindex(1), &length);
    const char *p = lua_tolstring(L, lua_upvalueindex(2), &pattern_length);
    lua_Integer from = lua_tointeger(L, lua_upvalueindex(3)), last = lua_tointeger(L, lua_upvalueindex(4));
    rv_matcher m;
    rv_matcher_begin(&m, L, s, length, p + pattern_length);
    for (const char *at = s + from; at <= m.subject_end; at++) {
        if (!(at = rv_match_candidate(&m, at, p))) break;
        const char *end = rv_match_at(&m, at, p);
        if (!end || end - s == last) continue;
        rv_matcher_settle(&m);
        lua_pushinteger(L, end - s);
        lua_pushvalue(L, -1);
        lua_replace(L, lua_upvalueindex(3));
        lua_replace(L, lua_upvalueindex(4));
        return rv_push_captures(&m, at, end);
    }
    rv_matcher_settle(&m);
    return 0;
}

static int string_gmatch(lua_State *L) {
    size_t length;
    luaL_checklstring(L, 1, &length);
    luaL_checkstring(L, 2);
    size_t start = place_of(luaL_optinteger(L, 3, 1), length) - 1;
    lua_settop(L, 2);
    lua_pushinteger(L, (lua_Integer)(start > length ? length + 1 : start));
    lua_pushinteger(L, -1);
    lua_pushcclosure(L, next_match, 4);
    return 1;
}

// Adds a replacement text, whose %0 to %9 stand for the match and its captures.
static void add_text(rv_matcher *m, luaL_Buffer *b, const char *start, const char *end) {
    lua_State *L = m->L;
    size_t length;
    const char *text = lua_tolstring(L, 3, &length), *text_end = text + length, *mark;
    while ((mark = memchr(text, '%', (size_t)(text_end - text)))) {
        luaL_addlstring(b, text, (size_t)(mark - text));
        mark++;
        if (mark == text_end || !((*mark >= '0' && *mark <= '9') || *mark == '%')) {
            luaL_error(L, "invalid use of '%%' in replacement string");
        }
        if (*mark == '%') {
            luaL_addchar(b, '%');
        } else if (*mark == '0') {
            luaL_addlstring(b, start, (size_t)(end - start));
        } else {
            rv_push_capture(m, *mark - '1', start, end);
            luaL_addvalue(b);
        }
        text = mark + 1;
    }
    luaL_addlstring(b, text, (size_t)(text_end - text));
    rv_charge(m->machine, 1 + length / 16);
}

// Adds what stands for the match. False when the match stays as it is.
static int add_replacement(rv_matcher *m, luaL_Buffer *b, const char *start, const char *end, int kind) {
    lua_State *L = m->L;
    if (kind == LUA_TFUNCTION) {
        rv_matcher_settle(m);
        lua_pushvalue(L, 3);
        lua_call(L, rv_push_captures(m, start, end), 1);
    } else if (kind == LUA_TTABLE) {
        rv_push_capture(m, 0, start, end);
        lua_gettable(L, 3);
    } else {
        add_text(m, b, start, end);
        return 1;
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        luaL_addlstring(b, start, (size_t)(end - start));
        return 0;
    }
    if (!lua_isstring(L, -1)) return luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    luaL_addvalue(b);
    return 1;
}

static int string_gsub(lua_State *L) {
    size_t length, pattern_length;
    const char *s = luaL_checklstring(L, 1, &length), *last = NULL;
    const char *p = luaL_checklstring(L, 2, &pattern_length);
    int kind = lua_type(L, 3);
    luaL_argexpected(
        L, kind == LUA_TNUMBER || kind == LUA_TSTRING || kind == LUA_TFUNCTION || kind == LUA_TTABLE, 3,
        "string/function/table");
    lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)length + 1), count = 0;
    if (kind == LUA_TNUMBER) lua_tolstring(L, 3, NULL);
    int anchored = pattern_length > 0 && *p == '^', changed = 0;
    rv_matcher m;
    rv_matcher_begin(&m, L, s, length, p + pattern_length);
    if (anchored) p++;
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    const char *at = s;
    while (count < most) {
        if (!anchored) {
            const char *candidate = rv_match_candidate(&m, at, p);
            if (!candidate) break;
            luaL_addlstring(&b, at, (size_t)(candidate - at));
            at = candidate;
        }
        const char *end = rv_match_at(&m, at, p);
        if (end && end != last) {
            count++;
            changed |= add_replacement(&m, &b, at, end, kind);
            at = last = end;
        } else if (at < m.subject_end) {
            luaL_addchar(&b, *at);
            at++;
        } else {
            break;
        }
        if (anchored) break;
    }
    rv_matcher_settle(&m);
    if (changed) {
        luaL_addlstring(&b, at, (size_t)(m.subject_end - at));
        luaL_pushresult(&b);
    } else {
        lua_pushvalue(L, 1);
    }
    lua_pushinteger(L, count);
    return 2;
}

static int string_rep(lua_State *L) {
    size_t length, between;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_Integer times = luaL_checkinteger(L, 2);
    const char *separator = luaL_optlstring(L, 3, "", &between);
    if (times <= 0 || length + between == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    if (length + between > INT_MAX / (size_t)times) return luaL_error(L, "resulting string too large");
    size_t total = (size_t)times * length + (size_t)(times - 1) * between;
    luaL_Buffer b;
    char *out = luaL_buffinitsize(L, &b, total);  // larger than a block may be: the call ends here
    if (length == 1 && between == 0) {
        memset(out, text[0], total);
        luaL_pushresultsize(&b, total);
        return 1;
    }
    rv_charge(rv_of(L), (uint64_t)times / REPETITIONS_A_FUEL);
    while (times-- > 0) {
        memcpy(out, text, length);
        out += length;
        if (times > 0) {
            memcpy(out, separator, between);
            out += between;
        }
    }
    luaL_pushresultsize(&b, total);
    return 1;
}

void rv_open_strings(lua_State *L) {
    static const luaL_Reg functions[] = {
        { "find", string_find }, { "match", string_match }, { "gmatch", string_gmatch }, { "gsub", string_gsub },
        { "rep", string_rep }, { NULL, NULL },
    };
    lua_getglobal(L, LUA_STRLIBNAME);
    luaL_setfuncs(L, functions, 0);
    lua_pop(L, 1);
}
