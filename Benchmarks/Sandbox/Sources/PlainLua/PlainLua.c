#include "PlainLua.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct plain_lua { lua_State *state; int module; };

static void text(lua_State *L, const char *field, const char *value) {
    lua_pushstring(L, value);
    lua_setfield(L, -2, field);
}

static void integer(lua_State *L, const char *field, long long value) {
    lua_pushinteger(L, value);
    lua_setfield(L, -2, field);
}

static void flag(lua_State *L, const char *field, int value) {
    lua_pushboolean(L, value);
    lua_setfield(L, -2, field);
}

static void push_item(lua_State *L, const char *op, const char *name, long long cents, double measure, const char *unit) {
    lua_createtable(L, 0, 8);
    text(L, "op_code", op);
    text(L, "name", name);
    text(L, "category", op);
    text(L, "tier", "mid");
    flag(L, "safety", 0);
    integer(L, "price_cents", cents);
    if (unit) {
        lua_pushnumber(L, measure);
        lua_setfield(L, -2, "condition_value");
        text(L, "condition_unit", unit);
    }
}

static void push_touch(lua_State *L) {
    lua_createtable(L, 0, 13);
    text(L, "kind", "reminder");
    integer(L, "day", 3);
    text(L, "channel", "sms");
    text(L, "now", "2026-03-06 10:00");
    flag(L, "late", 0);
    text(L, "visit_on", "2026-03-03");
    text(L, "visit_day", "Tuesday, March 3");
    text(L, "booking_link", "https://book.example/hillside");
    lua_createtable(L, 2, 0);
    push_item(L, "BRKR", "rear brake pads and rotors", 41250, 3, "mm");
    lua_pushvalue(L, -1);
    lua_setfield(L, -4, "item");
    lua_rawseti(L, -2, 1);
    push_item(L, "WIPE", "wiper blades", 4890, 0, NULL);
    lua_rawseti(L, -2, 2);
    lua_setfield(L, -2, "items");
    lua_createtable(L, 0, 4);
    text(L, "name", "Ana Reyes");
    text(L, "first_name", "Ana");
    flag(L, "business", 0);
    flag(L, "text_ok", 1);
    lua_setfield(L, -2, "customer");
    lua_createtable(L, 0, 4);
    integer(L, "year", 2016);
    text(L, "make", "Ford");
    text(L, "model", "Bolt EV");
    text(L, "name", "2016 Ford Bolt EV");
    lua_setfield(L, -2, "vehicle");
    lua_createtable(L, 0, 3);
    text(L, "name", "Hillside Motors");
    text(L, "phone", "(312) 555-0142");
    text(L, "zone", "America/Chicago");
    lua_setfield(L, -2, "rooftop");
}

plain_lua *plain_lua_new(const char *script, size_t length) {
    plain_lua *plain = calloc(1, sizeof *plain);
    lua_State *L = plain->state = luaL_newstate();
    luaL_openlibs(L);
    if (luaL_loadbufferx(L, script, length, "@message.lua", "t") != LUA_OK || lua_pcall(L, 0, 1, 0) != LUA_OK) {
        plain_lua_free(plain);
        return NULL;
    }
    plain->module = luaL_ref(L, LUA_REGISTRYINDEX);
    return plain;
}

double plain_lua_run(plain_lua *plain, int times, char result[1024]) {
    lua_State *L = plain->state;
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int i = 0; i < times; i++) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, plain->module);
        lua_getfield(L, -1, "sms");
        push_touch(L);
        if (lua_pcall(L, 1, 1, 0) != LUA_OK) abort();
        snprintf(result, 1024, "%s", lua_tostring(L, -1));
        lua_settop(L, 0);
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    return ((double)(end.tv_sec - start.tv_sec) * 1e9 + (double)(end.tv_nsec - start.tv_nsec)) / times;
}

void plain_lua_free(plain_lua *plain) {
    if (plain->state) lua_close(plain->state);
    free(plain);
}
