// Library functions of Lua's own that read a text from end to end in C: each is charged for what it reads, and then runs in
// the same frame, so that its errors are Lua's own (manual §6.1, §6.4, §6.5). What they make is charged where it is allocated.
#include "machine.h"

#define BYTES_A_FUEL 16
#define DIGITS_A_FUEL 4

// Lua's own function is the closure's only upvalue.
static int call_original(lua_State *L) { return lua_tocfunction(L, lua_upvalueindex(1))(L); }

static size_t length_at(lua_State *L, int index) { return lua_type(L, index) == LUA_TSTRING ? lua_rawlen(L, index) : 0; }

static int by_length(lua_State *L) {
    rv_charge(rv_of(L), length_at(L, 1) / BYTES_A_FUEL);
    return call_original(L);
}

static int by_digits(lua_State *L) {
    rv_charge(rv_of(L), length_at(L, 1) / DIGITS_A_FUEL);
    return call_original(L);
}

static lua_Integer place_of(lua_State *L, int index, lua_Integer otherwise, lua_Integer length) {
    lua_Integer place = lua_isinteger(L, index) ? lua_tointeger(L, index) : otherwise;
    if (place < 0) place += length + 1;
    return place < 1 ? 1 : place > length ? length : place;
}

static void charge_range(lua_State *L, int to_end) {
    lua_Integer length = (lua_Integer)length_at(L, 1), first = place_of(L, 2, 1, length);
    lua_Integer last = place_of(L, 3, to_end ? length : first, length);
    if (last > first) rv_charge(rv_of(L), (uint64_t)(last - first) / BYTES_A_FUEL);
}

// f(s, i, j), where j is i when left out.
static int by_range(lua_State *L) {
    charge_range(L, 0);
    return call_original(L);
}

// f(s, i, j), where j is the end when left out.
static int by_range_to_end(lua_State *L) {
    charge_range(L, 1);
    return call_original(L);
}

// utf8.offset(s, n): n characters, at most all of the text.
static int by_count(lua_State *L) {
    uint64_t length = length_at(L, 1);
    lua_Integer count = lua_tointeger(L, 2);
    uint64_t steps = count < 0 ? 0 - (uint64_t)count : (uint64_t)count;
    rv_charge(rv_of(L), (steps < length ? steps : length) / BYTES_A_FUEL);
    return call_original(L);
}

// string.format, with texts of objects as tostring gives them, which have no addresses, and so without %p.
static int string_format(lua_State *L) {
    size_t length;
    const char *form = luaL_checklstring(L, 1, &length), *end = form + length;
    rv_charge(rv_of(L), length / BYTES_A_FUEL);
    for (int argument = 1; form < end; form++) {
        if (*form != '%') continue;
        if (++form < end && *form == '%') continue;
        while (form < end && *form != 0 && strchr("-+ #0123456789.", *form)) form++;
        argument++;
        if (form == end) break;
        if (*form == 'p') return luaL_error(L, "string.format: '%%p' is not available here");
        int type = lua_type(L, argument);
        if (*form != 's' || type < LUA_TTABLE) continue;
        rv_push_text(L, argument);
        lua_replace(L, argument);
    }
    return call_original(L);
}

static void replace(lua_State *L, const char *library, const luaL_Reg *functions) {
    lua_getglobal(L, library);
    for (; functions->name; functions++) {
        lua_getfield(L, -1, functions->name);
        lua_pushcclosure(L, functions->func, 1);
        lua_setfield(L, -2, functions->name);
    }
    lua_pop(L, 1);
}

void rv_open_charges(lua_State *L) {
    static const luaL_Reg base[] = { { "tonumber", by_digits }, { NULL, NULL } };
    static const luaL_Reg strings[] = {
        { "byte", by_range }, { "format", string_format }, { "lower", by_length }, { "pack", by_length }, { "packsize", by_length },
        { "reverse", by_length }, { "unpack", by_length }, { "upper", by_length }, { NULL, NULL },
    };
    static const luaL_Reg utf8[] = {
        { "codepoint", by_range }, { "len", by_range_to_end }, { "offset", by_count }, { NULL, NULL },
    };
    replace(L, LUA_GNAME, base);
    replace(L, LUA_STRLIBNAME, strings);
    replace(L, LUA_UTF8LIBNAME, utf8);
}
