#include "StockLua.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

char *stock_lua_run(const char *text, size_t length, size_t *result_length) {
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    if (luaL_loadbuffer(L, text, length, "@comparison.lua") == LUA_OK) lua_pcall(L, 0, 1, 0);
    const char *result = luaL_tolstring(L, -1, result_length);
    char *copy = malloc(*result_length + 1);
    if (copy) memcpy(copy, result, *result_length + 1);
    lua_close(L);
    return copy;
}
