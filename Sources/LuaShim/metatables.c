// setmetatable without finalizers, which would run after a kill, and collecting without weak tables, whose collection takes
// quadratic time in Lua 5.4 (manual §2.5).
#include "machine.h"

static const char metatables_key = 0;

static void push_metatables(lua_State *L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &metatables_key) == LUA_TTABLE) return;
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &metatables_key);
}

// Notes a metatable that a script set while an image is built: only then is garbage collected.
static void note_metatable(lua_State *L, int index) {
    push_metatables(L);
    lua_pushvalue(L, index);
    lua_pushboolean(L, 1);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

static int base_setmetatable(lua_State *L) {
    int type = lua_type(L, 2);
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL) return luaL_error(L, "cannot change a protected metatable");
    lua_settop(L, 2);
    if (type == LUA_TTABLE) {
        lua_pushliteral(L, "__gc");
        if (lua_rawget(L, 2) != LUA_TNIL) return luaL_error(L, "a metatable here can't have __gc");
        lua_pop(L, 1);
        if (rv_of(L)->building) note_metatable(L, 2);
    }
    lua_setmetatable(L, 1);
    return 1;
}

// Takes the field from every metatable and keeps it in the list, or puts it back.
static void set_modes(lua_State *L, int list, int putting_back) {
    lua_pushnil(L);
    while (lua_next(L, list)) {
        int metatable = lua_gettop(L) - 1;
        if (putting_back) {
            if (!lua_isboolean(L, -1)) {
                lua_pushliteral(L, "__mode");
                lua_pushvalue(L, -2);
                lua_rawset(L, metatable);
            }
        } else {
            lua_pushliteral(L, "__mode");
            if (lua_rawget(L, metatable) != LUA_TNIL) {
                lua_pushvalue(L, metatable);
                lua_insert(L, -2);
                lua_rawset(L, list);
                lua_pushliteral(L, "__mode");
                lua_pushnil(L);
                lua_rawset(L, metatable);
            }
        }
        lua_settop(L, metatable);
    }
}

void rv_collect(lua_State *L) {
    push_metatables(L);
    int list = lua_gettop(L);
    set_modes(L, list, 0);
    lua_gc(L, LUA_GCCOLLECT);
    set_modes(L, list, 1);
    lua_pop(L, 1);
}

void rv_open_metatables(lua_State *L) {
    lua_pushcfunction(L, base_setmetatable);
    lua_setglobal(L, "setmetatable");
}
