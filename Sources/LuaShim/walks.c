// next and pairs in one order (manual §6.1). Lua's own order follows from hashes, and so from addresses.
//
// A table's keys are sorted once and walked from there: pairs keeps them in its iterator, next in the registry, under the
// table. A field that is set to nil on the way is passed over.
#include "machine.h"

#define FIRST_ALONE 0                 // where the keys of a walk hold the first, as long as no other was asked for

static const char walks_key = 0;

// Pushes the place after which the walk goes on: the first key that has a value. Pushes nil when there is none.
static int push_from(lua_State *L, int table, int keys, lua_Integer place) {
    for (;; place++) {
        rv_charge(rv_of(L), 1);
        if (lua_rawgeti(L, keys, place) == LUA_TNIL) return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, table) != LUA_TNIL) {
            rv_of(L)->walked = place;
            return 2;
        }
        lua_pop(L, 2);
    }
}

// How many of the sorted keys come before the one sought, itself included; `exact` says whether it is one of them.
static lua_Integer count_to(lua_State *L, int keys, int key, int *exact) {
    lua_Integer hint = rv_of(L)->walked;
    lua_rawgeti(L, keys, hint);
    *exact = lua_rawequal(L, -1, key);
    lua_pop(L, 1);
    if (*exact) return hint;
    rv_key sought = rv_key_at(L, key, 0);
    lua_Integer low = 1, high = (lua_Integer)lua_rawlen(L, keys);
    while (low <= high) {
        lua_Integer middle = low + (high - low) / 2;
        lua_rawgeti(L, keys, middle);
        rv_key here = rv_key_at(L, -1, 0);
        int order = rv_key_order(&here, &sought);
        lua_pop(L, 1);
        *exact = order == 0;
        if (*exact) return middle;
        if (order < 0) low = middle + 1;
        else high = middle - 1;
    }
    return high;
}

static void push_walks(lua_State *L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &walks_key) == LUA_TTABLE) return;
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &walks_key);
}

// The least key and its value. Nothing is sorted, since many ask only whether a table is empty; the key is noted, as it may
// be set to nil before its next is asked for.
static int push_first(lua_State *L) {
    rv_key least = { 0 };
    int found = 0;
    lua_settop(L, 2);                 // the least so far
    lua_pushnil(L);
    while (lua_next(L, 1)) {
        lua_pop(L, 1);
        rv_charge(rv_of(L), 1);
        rv_key key = rv_key_at(L, -1, 0);
        if (found && rv_key_order(&key, &least) > 0) continue;
        found = 1;
        least = key;
        lua_pushvalue(L, -1);
        lua_replace(L, 2);
    }
    if (!found) return 1;
    push_walks(L);
    lua_pushvalue(L, 1);
    if (lua_rawget(L, 3) != LUA_TTABLE || lua_rawgeti(L, 4, FIRST_ALONE) == LUA_TNIL) {
        lua_settop(L, 3);
        lua_createtable(L, 0, 1);
        lua_pushvalue(L, 1);
        lua_pushvalue(L, 4);
        lua_rawset(L, 3);
    }
    lua_pushvalue(L, 2);
    lua_rawseti(L, 4, FIRST_ALONE);
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    lua_rawget(L, 1);
    return 2;
}

// A float that is whole is the key of an integer.
static void normalize(lua_State *L, int key) {
    int whole;
    if (lua_type(L, key) != LUA_TNUMBER || lua_isinteger(L, key)) return;
    lua_Integer integer = lua_tointegerx(L, key, &whole);
    if (!whole) return;
    lua_pushinteger(L, integer);
    lua_replace(L, key);
}

static int base_next(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    if (lua_isnil(L, 2)) return push_first(L);
    normalize(L, 2);
    push_walks(L);
    lua_pushvalue(L, 1);
    int known = 0;
    lua_Integer place = 0;
    if (lua_rawget(L, 3) == LUA_TTABLE) {
        place = count_to(L, 4, 2, &known);
        if (!known && lua_rawgeti(L, 4, FIRST_ALONE) != LUA_TNIL) known = lua_rawequal(L, 2, -1);
    }
    if (place == 0 || !known) {       // only its first key was asked for, or a field was added since
        int exact;
        lua_settop(L, 3);
        rv_push_sorted_keys(L, 1);
        lua_pushvalue(L, 1);
        lua_pushvalue(L, 4);
        lua_rawset(L, 3);
        place = count_to(L, 4, 2, &exact);
        known |= exact;
    }
    if (!known) return luaL_error(L, "invalid key to 'next'");
    lua_settop(L, 4);
    return push_from(L, 1, 4, place + 1);
}

// The iterator of pairs. Upvalues: the keys, the place of the last one given, the table.
static int next_key(lua_State *L) {
    lua_Integer place = lua_tointeger(L, lua_upvalueindex(2));
    lua_settop(L, 2);
    lua_rawgeti(L, lua_upvalueindex(1), place);
    int expected = lua_rawequal(L, 1, lua_upvalueindex(3)) && (place == 0 ? lua_isnil(L, 2) : lua_rawequal(L, 2, 3));
    lua_settop(L, 2);
    if (!expected) return base_next(L);  // somebody calls it by hand
    int count = push_from(L, 1, lua_upvalueindex(1), place + 1);
    lua_pushinteger(L, rv_of(L)->walked);
    lua_replace(L, lua_upvalueindex(2));
    return count;
}

static int pairs_gave(lua_State *L, int status, lua_KContext context) {
    (void)L; (void)status; (void)context;
    return 3;
}

static int base_pairs(lua_State *L) {
    luaL_checkany(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_callk(L, 1, 3, 0, pairs_gave);
        return 3;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    rv_push_sorted_keys(L, 1);
    lua_pushinteger(L, 0);
    lua_pushvalue(L, 1);
    lua_pushcclosure(L, next_key, 3);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

void rv_open_walks(lua_State *L) {
    lua_pushcfunction(L, base_next);
    lua_setglobal(L, "next");
    lua_pushcfunction(L, base_pairs);
    lua_setglobal(L, "pairs");
}
