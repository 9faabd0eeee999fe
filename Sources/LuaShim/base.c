// The global functions of the sandbox: what is taken away, what is replaced and what is added.
#include <stdio.h>
#include <stdlib.h>

#include "machine.h"

static const char loaded_key = 0, skip_key = 0, quarantine_key = 0, shown_key = 0;

// Pushes a number that tells the object from others: the first that is shown is 1. An address would differ from run to run.
static void push_identity(lua_State *L, int index) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &shown_key) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &shown_key);
    }
    lua_pushvalue(L, index);
    if (lua_rawget(L, -2) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_rawgeti(L, -1, 0);
        lua_pushinteger(L, lua_tointeger(L, -1) + 1);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -4, 0);
        lua_pushvalue(L, index);
        lua_pushvalue(L, -2);
        lua_rawset(L, -5);
        lua_replace(L, -2);
    }
    lua_remove(L, -2);
}

// tostring, which shows of an object its type and a number (manual §6.1).
void rv_push_text(lua_State *L, int index) {
    index = lua_absindex(L, index);
    int type = lua_type(L, index);
    if (luaL_callmeta(L, index, "__tostring")) {
        if (!lua_isstring(L, -1)) luaL_error(L, "'__tostring' must return a string");
        return;
    }
    if (type == LUA_TNIL || type == LUA_TBOOLEAN || type == LUA_TNUMBER || type == LUA_TSTRING) {
        luaL_tolstring(L, index, NULL);
        return;
    }
    char number[24];
    push_identity(L, index);
    snprintf(number, sizeof number, ": 0x%08llx", (unsigned long long)lua_tointeger(L, -1));
    lua_pop(L, 1);
    int named = luaL_getmetafield(L, index, "__name");
    if (named != LUA_TSTRING) {
        if (named != LUA_TNIL) lua_pop(L, 1);
        lua_pushstring(L, lua_typename(L, type));
    }
    lua_pushstring(L, number);
    lua_concat(L, 2);
}

static int base_tostring(lua_State *L) {
    luaL_checkany(L, 1);
    rv_push_text(L, 1);
    return 1;
}

static int base_print(lua_State *L) {
    rv_machine *m = rv_of(L);
    int count = lua_gettop(L);
    for (int i = 1; i <= count; i++) {
        size_t length;
        rv_push_text(L, i);
        const char *text = lua_tolstring(L, -1, &length);
        if (i > 1) rv_append(m, &m->printed, "\t", 1);
        rv_append(m, &m->printed, text, length);
        lua_pop(L, 1);
    }
    rv_append(m, &m->printed, "\n", 1);
    return 0;
}

void rv_open_print(lua_State *L) {
    lua_pushnil(L);
    lua_pushcclosure(L, base_print, 1);
    lua_setglobal(L, "print");
}

static int base_type(lua_State *L) {
    luaL_checkany(L, 1);
    size_t offset;
    if (lua_type(L, 1) == LUA_TUSERDATA && rv_input_of(L, 1, &offset)) lua_pushliteral(L, "table");
    else lua_pushstring(L, luaL_typename(L, 1));
    return 1;
}

static int sentinel(lua_State *L) {
    luaL_checkstring(L, 1);
    lua_createtable(L, 2, 0);
    lua_pushvalue(L, 1);
    lua_rawseti(L, -2, 1);
    lua_Debug ar;
    if (lua_getstack(L, 1, &ar) && lua_getinfo(L, "Sl", &ar) && ar.currentline > 0) {
        lua_pushfstring(L, "%s:%d:\n", ar.short_src, ar.currentline);
        lua_rawseti(L, -2, 2);
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_setmetatable(L, -2);
    return 1;
}

static void open_sentinel(lua_State *L, const char *name, const void *key) {
    lua_newtable(L);
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__name");
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, key);
    lua_pushcclosure(L, sentinel, 1);
    lua_setglobal(L, name);
}

// If the value is what skip or quarantine gave, pushes its reason, notes the line that gave it, and says which.
int rv_sentinel(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TTABLE) return RV_RETURNED;
    index = lua_absindex(L, index);
    int outcome = RV_RETURNED;
    if (lua_getmetatable(L, index)) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, &skip_key);
        lua_rawgetp(L, LUA_REGISTRYINDEX, &quarantine_key);
        if (lua_rawequal(L, -3, -2)) outcome = RV_SKIPPED;
        else if (lua_rawequal(L, -3, -1)) outcome = RV_QUARANTINED;
        lua_pop(L, 3);
    }
    if (outcome == RV_RETURNED) return outcome;
    if (lua_rawgeti(L, index, 2) == LUA_TSTRING) {
        size_t length;
        const char *line = lua_tolstring(L, -1, &length);
        rv_append(rv_of(L), &rv_of(L)->trace, line, length);
    }
    lua_rawgeti(L, index, 1);
    return outcome;
}

static const rv_source *find_source(rv_machine *m, const char *name) {
    for (size_t i = 0; i < m->program->source_count; i++) {
        const rv_source *s = &m->program->sources[i];
        if (strlen(name) + 4 == s->name_length && memcmp(s->name, name, strlen(name)) == 0) return s;
    }
    return NULL;
}

static int no_module(lua_State *L, const char *name) {
    rv_machine *m = rv_of(L);
    char stems[256][64];
    const char *names[256];
    size_t count = 0;
    for (size_t i = 0; i < m->program->source_count && count < 256; i++) {
        size_t stem = m->program->sources[i].name_length - 4;
        if (stem >= sizeof stems[0]) continue;
        memcpy(stems[count], m->program->sources[i].name, stem);
        stems[count][stem] = 0;
        names[count] = stems[count];
        count++;
    }
    const char *near = rv_suggest(name, names, count);
    if (near) return luaL_error(L, "there is no module '%s' to require; did you mean '%s'?", name, near);
    return luaL_error(L, "there is no module '%s' to require", name);
}

int rv_require(lua_State *L) {
    rv_machine *m = rv_of(L);
    const char *name = luaL_checkstring(L, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &loaded_key);
    lua_pushvalue(L, 1);
    int type = lua_rawget(L, -2);
    if (type == LUA_TBOOLEAN) return luaL_error(L, "module '%s' requires itself, by way of another module", name);
    if (type != LUA_TNIL) return 1;
    lua_pop(L, 1);
    const rv_source *source = find_source(m, name);
    if (!source) {
        luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
        if (strcmp(name, LUA_GNAME) != 0 && lua_getfield(L, -1, name) == LUA_TTABLE) return 1;
        return no_module(L, name);
    }
    lua_pushfstring(L, "@%s", source->name);
    if (rv_compile(L, source->text, source->text_length, lua_tostring(L, -1)) != LUA_OK) return lua_error(L);
    lua_pushvalue(L, 1);
    lua_pushboolean(L, 0);
    lua_rawset(L, 2);
    lua_call(L, 0, 1);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        lua_pushboolean(L, 1);
        return luaL_error(L, "%s returns nothing; end it with: return { ... }", source->name);
    }
    lua_pushvalue(L, 1);
    lua_pushvalue(L, -2);
    lua_rawset(L, 2);
    return 1;
}

static int unknown_global(lua_State *L) {
    const char *names[256];
    size_t count = 0;
    lua_pushglobaltable(L);
    lua_pushnil(L);
    while (count < 256 && lua_next(L, -2)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) == LUA_TSTRING) names[count++] = lua_tostring(L, -1);
    }
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    const char *near = rv_suggest(name, names, count);
    if (near) return luaL_error(L, "unknown name '%s'; did you mean '%s'?", name, near);
    return luaL_error(L, "unknown name '%s'", name);
}

static int new_global(lua_State *L) {
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    return luaL_error(L, "'%s' is not declared; write: local %s = …", name, name);
}

void rv_open_strict(lua_State *L) {
    lua_pushglobaltable(L);
    lua_newtable(L);
    lua_pushcfunction(L, unknown_global);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, new_global);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

// Makes a closure of each library function. A function without one is known by its address alone, which differs from run
// to run, and with it the tables that have it as a key.
static void box_functions(lua_State *L, int library) {
    lua_pushnil(L);
    while (lua_next(L, library)) {
        int function = lua_gettop(L);
        if (lua_iscfunction(L, function) && !lua_getupvalue(L, function, 1)) {
            lua_pushvalue(L, function - 1);
            lua_pushnil(L);
            lua_pushcclosure(L, lua_tocfunction(L, function), 1);
            lua_rawset(L, library);
        }
        lua_settop(L, function - 1);
    }
}

void rv_open_base(lua_State *L) {
    static const luaL_Reg libraries[] = {
        { LUA_GNAME, luaopen_base }, { LUA_TABLIBNAME, luaopen_table }, { LUA_STRLIBNAME, luaopen_string },
        { LUA_MATHLIBNAME, luaopen_math }, { LUA_UTF8LIBNAME, luaopen_utf8 }, { LUA_COLIBNAME, luaopen_coroutine },
    };
    static const luaL_Reg functions[] = {
        { "tostring", base_tostring }, { "type", base_type }, { "require", rv_require },
    };
    static const char *const removed[] = { "dofile", "loadfile", "collectgarbage", "warn", "print" };
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        luaL_requiref(L, libraries[i].name, libraries[i].func, 1);
        lua_pop(L, 1);
    }
    rv_open_strings(L);
    rv_open_charges(L);
    rv_open_tables(L);
    rv_open_walks(L);
    rv_open_coroutines(L);
    rv_open_load(L);
    rv_open_metatables(L);
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        lua_pushcfunction(L, functions[i].func);
        lua_setglobal(L, functions[i].name);
    }
    for (size_t i = 0; i < sizeof removed / sizeof *removed; i++) {
        lua_pushnil(L);
        lua_setglobal(L, removed[i]);
    }
    lua_getglobal(L, LUA_STRLIBNAME);
    lua_pushnil(L);
    lua_setfield(L, -2, "dump");
    lua_pop(L, 1);
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 2);
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &loaded_key);
    open_sentinel(L, "skip", &skip_key);
    open_sentinel(L, "quarantine", &quarantine_key);
    rv_open_random(L);
    rv_open_records(L);
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        lua_getglobal(L, libraries[i].name);
        box_functions(L, lua_gettop(L));
        lua_pop(L, 1);
    }
}
