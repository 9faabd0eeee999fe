// The peer: the same script driven from plain C, one state for all calls, its table built anew for each.
#ifndef PLAIN_LUA_H
#define PLAIN_LUA_H

#include <stddef.h>
#include <stdint.h>

typedef struct plain_lua plain_lua;

// NULL when the script doesn't load.
plain_lua *plain_lua_new(const char *script, size_t length);
// Calls message.sms `times` over. Gives the nanoseconds that one call took, and the last text.
double plain_lua_run(plain_lua *plain, int times, char text[1024]);
void plain_lua_free(plain_lua *plain);

#endif
