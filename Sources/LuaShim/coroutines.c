// The coroutine library (manual §6.2), for three things that Lua's own lacks: a charge for making one, a bound on closes
// inside closes, and knowing which one runs when a limit ends the call. status, running, yield and isyieldable are Lua's own.
#include "machine.h"

#define CLOSES_INSIDE_CLOSES_MOST 8

static lua_State *check_coroutine(lua_State *L) {
    lua_State *co = lua_tothread(L, 1);
    luaL_argexpected(L, co, 1, "thread");
    return co;
}

// Each coroutine counts its own instructions to the next hook, so that making one is charged a whole period.
static int coroutine_create(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    rv_charge(rv_of(L), RV_HOOK_PERIOD);
    lua_State *co = lua_newthread(L);
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    return 1;
}

// Resumes with the `count` values on top. Gives how many came back, or -1 with the error on top.
static int resume(lua_State *L, lua_State *co, int count) {
    rv_machine *m = rv_of(L);
    int results = 0;
    if (!lua_checkstack(co, count)) {
        lua_pushliteral(L, "too many arguments to resume");
        return -1;
    }
    lua_xmove(L, co, count);
    rv_charge(m, 1 + (uint64_t)count);
    m->running = co;
    int status = lua_resume(co, L, count, &results);
    m->running = L;
    if (status != LUA_OK && status != LUA_YIELD) {
        lua_xmove(co, L, 1);
        return -1;
    }
    if (!lua_checkstack(L, results + 1)) {
        lua_pop(co, results);
        lua_pushliteral(L, "too many results to resume");
        return -1;
    }
    lua_xmove(co, L, results);
    return results;
}

static int coroutine_resume(lua_State *L) {
    lua_State *co = check_coroutine(L);
    int results = resume(L, co, lua_gettop(L) - 1);
    lua_pushboolean(L, results >= 0);
    if (results < 0) results = 1;
    lua_insert(L, -(results + 1));
    return results + 1;
}

// Lua 5.4.4 forgets how deep the C stack is when it closes a coroutine: a chain of them, each closing the next, crashes.
static int close_coroutine(lua_State *L, lua_State *co) {
    rv_machine *m = rv_of(L);
    if (m->closing == CLOSES_INSIDE_CLOSES_MOST) luaL_error(L, "C stack overflow (coroutines that close coroutines)");
    m->closing++;
    m->running = co;
    int status = lua_resetthread(co);  // what its handlers raise comes back as a status
    m->running = L;
    m->closing--;
    return status;
}

static int wrapped(lua_State *L) {
    lua_State *co = lua_tothread(L, lua_upvalueindex(1));
    int results = resume(L, co, lua_gettop(L));
    if (results >= 0) return results;
    int status = lua_status(co);
    if (status != LUA_OK && status != LUA_YIELD) {
        close_coroutine(L, co);
        lua_xmove(co, L, 1);          // the error, as its handlers left it
    }
    if (lua_type(L, -1) == LUA_TSTRING) {
        luaL_where(L, 1);
        lua_insert(L, -2);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

static int coroutine_wrap(lua_State *L) {
    coroutine_create(L);
    lua_pushcclosure(L, wrapped, 1);
    return 1;
}

// What keeps a coroutine from being closed, or NULL: it runs, or it resumed the one that does.
static const char *busy(lua_State *L, lua_State *co) {
    lua_Debug ar;
    if (co == L) return "running";
    if (lua_status(co) == LUA_OK && lua_getstack(co, 0, &ar)) return "normal";
    return NULL;
}

static int coroutine_close(lua_State *L) {
    lua_State *co = check_coroutine(L);
    if (busy(L, co)) return luaL_error(L, "cannot close a %s coroutine", busy(L, co));
    int status = close_coroutine(L, co);
    lua_pushboolean(L, status == LUA_OK);
    if (status == LUA_OK) return 1;
    lua_xmove(co, L, 1);
    return 2;
}

void rv_open_coroutines(lua_State *L) {
    static const luaL_Reg functions[] = {
        { "create", coroutine_create }, { "resume", coroutine_resume }, { "wrap", coroutine_wrap },
        { "close", coroutine_close }, { NULL, NULL },
    };
    lua_getglobal(L, LUA_COLIBNAME);
    luaL_setfuncs(L, functions, 0);
    lua_pop(L, 1);
}
