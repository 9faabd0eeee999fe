// What coroutines need beyond Lua's own (manual §6.2): a charge for making one, and a bound on closing.
#include "machine.h"

#define CLOSES_INSIDE_CLOSES_MOST 8

// Each coroutine counts its own instructions to the next hook, so that making one is charged a whole period.
static int charged(lua_State *L) {
    rv_charge(rv_of(L), RV_HOOK_PERIOD);
    int count = lua_gettop(L);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, count, LUA_MULTRET);
    return lua_gettop(L);
}

static int is_closable(lua_State *L, lua_State *co) {
    lua_Debug ar;
    if (co == L) return 0;
    return lua_status(co) != LUA_OK || lua_getstack(co, 0, &ar) == 0;  // else it resumed the one that runs
}

// Lua 5.4.4 forgets how deep the C stack is when it closes a coroutine: a chain of them, each closing the next, crashes.
static int coroutine_close(lua_State *L) {
    lua_State *co = lua_tothread(L, 1);
    rv_machine *m = rv_of(L);
    luaL_argexpected(L, co, 1, "coroutine");
    if (!is_closable(L, co)) return luaL_error(L, "cannot close a %s coroutine", co == L ? "running" : "normal");
    if (m->closing == CLOSES_INSIDE_CLOSES_MOST) return luaL_error(L, "C stack overflow (coroutines that close coroutines)");
    m->closing++;
    int status = lua_resetthread(co);  // errors of handlers come back as a status; a kill begins anew
    m->closing--;
    lua_pushboolean(L, status == LUA_OK);
    if (status == LUA_OK) return 1;
    lua_xmove(co, L, 1);
    return 2;
}

static void charge_for(lua_State *L, const char *name) {
    lua_getfield(L, -1, name);
    lua_pushcclosure(L, charged, 1);
    lua_setfield(L, -2, name);
}

void rv_open_coroutines(lua_State *L) {
    lua_getglobal(L, LUA_COLIBNAME);
    charge_for(L, "create");
    charge_for(L, "wrap");
    lua_pushcfunction(L, coroutine_close);
    lua_setfield(L, -2, "close");
    lua_pop(L, 1);
}
