// Library functions that read a text from end to end and make nothing: Lua's own, each charged for what it reads.
#include "machine.h"

#define BYTES_A_FUEL 16

static int call_original(lua_State *L) {
    int count = lua_gettop(L);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, count, LUA_MULTRET);
    return lua_gettop(L);
}

static lua_Integer place_of(lua_State *L, int index, lua_Integer otherwise, lua_Integer length) {
    lua_Integer place = lua_isinteger(L, index) ? lua_tointeger(L, index) : otherwise;
    if (place < 0) place += length + 1;
    return place < 1 ? 1 : place > length ? length : place;
}

// f(s): all of it.
static int by_length(lua_State *L) {
    if (lua_type(L, 1) == LUA_TSTRING) rv_charge(rv_of(L), lua_rawlen(L, 1) / BYTES_A_FUEL);
    return call_original(L);
}

// f(s, i, j): from i to j. What j is when left out differs.
static int by_range(lua_State *L) {
    if (lua_type(L, 1) == LUA_TSTRING) {
        lua_Integer length = (lua_Integer)lua_rawlen(L, 1), first = place_of(L, 2, 1, length);
        lua_Integer last = place_of(L, 3, lua_toboolean(L, lua_upvalueindex(2)) ? length : first, length);
        if (last > first) rv_charge(rv_of(L), (uint64_t)(last - first) / BYTES_A_FUEL);
    }
    return call_original(L);
}

// utf8.offset(s, n): n characters, at most all of the text.
static int by_count(lua_State *L) {
    if (lua_type(L, 1) == LUA_TSTRING) {
        uint64_t length = lua_rawlen(L, 1);
        lua_Integer count = lua_tointeger(L, 2);
        uint64_t steps = count < 0 ? 0 - (uint64_t)count : (uint64_t)count;
        rv_charge(rv_of(L), (steps < length ? steps : length) / BYTES_A_FUEL);
    }
    return call_original(L);
}

static void charge_for(lua_State *L, const char *library, const char *name, lua_CFunction charged, int to_end) {
    lua_getglobal(L, library);
    lua_getfield(L, -1, name);
    lua_pushboolean(L, to_end);
    lua_pushcclosure(L, charged, 2);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

void rv_open_charges(lua_State *L) {
    charge_for(L, LUA_GNAME, "tonumber", by_length, 0);
    charge_for(L, LUA_STRLIBNAME, "byte", by_range, 0);
    charge_for(L, LUA_UTF8LIBNAME, "codepoint", by_range, 0);
    charge_for(L, LUA_UTF8LIBNAME, "len", by_range, 1);
    charge_for(L, LUA_UTF8LIBNAME, "offset", by_count, 0);
}
