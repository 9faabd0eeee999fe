// Lua as it comes, for tests that compare the sandbox with it.
#ifndef STOCK_LUA_H
#define STOCK_LUA_H

#include <stddef.h>

// Runs a text in a fresh state and gives the one string that it returns, or the error's message. Free it.
char *stock_lua_run(const char *text, size_t length, size_t *result_length);

#endif
