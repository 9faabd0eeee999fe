// One order for the keys of a table: numbers ascending, then texts byte by byte, then false and true, then tables, functions
// and coroutines as they were made.
#include <stdlib.h>

#include "machine.h"

int rv_key_order(const rv_key *a, const rv_key *b) {
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    if (a->kind == RV_KEY_STRING) {
        size_t shorter = a->length < b->length ? a->length : b->length;
        int order = memcmp(a->bytes, b->bytes, shorter);
        if (order != 0) return order;
        return a->length < b->length ? -1 : a->length > b->length;
    }
    if (a->kind == RV_KEY_OTHER) return a->bytes < b->bytes ? -1 : a->bytes > b->bytes;
    if (a->kind == RV_KEY_NUMBER && a->number != b->number) return a->number < b->number ? -1 : 1;
    return a->integer < b->integer ? -1 : a->integer > b->integer;  // integers that are one number as floats
}

static int by_order(const void *left, const void *right) { return rv_key_order(left, right); }

rv_key rv_key_at(lua_State *L, int index, int position) {
    rv_key key = { .kind = RV_KEY_OTHER, .position = position };
    switch (lua_type(L, index)) {
    case LUA_TSTRING:
        key.kind = RV_KEY_STRING;
        key.bytes = (const uint8_t *)lua_tolstring(L, index, &key.length);
        break;
    case LUA_TNUMBER:
        key.kind = RV_KEY_NUMBER;
        key.number = lua_tonumber(L, index);
        key.integer = lua_tointeger(L, index);
        break;
    case LUA_TBOOLEAN:
        key.kind = RV_KEY_BOOLEAN;
        key.integer = lua_toboolean(L, index);
        break;
    default: key.bytes = lua_topointer(L, index);
    }
    return key;
}

// Appends the keys of the table to the machine's list, sorted, and pushes a Lua array of them as found (`position` is
// a key's place in it). Gives how many there are.
size_t rv_collect_keys(lua_State *L, int table) {
    rv_machine *m = rv_of(L);
    table = lua_absindex(L, table);
    size_t first = m->key_count;
    int position = 0;
    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        rv_charge(m, 2);
        if (m->key_count == m->key_capacity) {
            size_t capacity = m->key_capacity ? m->key_capacity * 2 : 256;
            rv_key *grown = realloc(m->keys, capacity * sizeof(rv_key));
            if (!grown) rv_kill(m, RV_LIMIT_MEMORY);
            m->keys = grown;
            m->key_capacity = capacity;
        }
        m->keys[m->key_count++] = rv_key_at(L, -1, ++position);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, position);
    }
    if (m->key_count > first) qsort(m->keys + first, m->key_count - first, sizeof(rv_key), by_order);
    return m->key_count - first;
}

// Pushes a Lua array of the table's keys in order.
void rv_push_sorted_keys(lua_State *L, int table) {
    rv_machine *m = rv_of(L);
    size_t first = m->key_count, count = rv_collect_keys(L, table);
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, -2, m->keys[first + i].position);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    m->key_count = first;
    lua_remove(L, -2);
}
