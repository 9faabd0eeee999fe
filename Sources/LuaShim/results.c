// Copies a result out of the sandbox. No metamethod runs; depth, count and size are limited, and what can't be copied
// is an error that names its place.
#include <stdio.h>

#include "machine.h"

typedef struct place { const struct place *outer; char name[48]; } place;

static uint32_t u32(const uint8_t *p) { uint32_t v; memcpy(&v, p, 4); return v; }
static uint16_t u16(const uint8_t *p) { uint16_t v; memcpy(&v, p, 2); return v; }

static void push_path(lua_State *L, const place *at) {
    if (!at) { lua_pushliteral(L, "the result"); return; }
    push_path(L, at->outer);
    lua_pushstring(L, at->name);
    lua_concat(L, 2);
}

static int refuse(lua_State *L, const place *at, const char *what) {
    push_path(L, at);
    return luaL_error(L, "%s %s", lua_tostring(L, -1), what);
}

static void put(lua_State *L, uint8_t tag, const void *bytes, size_t length) {
    rv_machine *m = rv_of(L);
    rv_append(m, &m->output, &tag, 1);
    if (length) rv_append(m, &m->output, bytes, length);
}

static void put_string(lua_State *L, const char *text, size_t length) {
    uint32_t size = (uint32_t)length;
    put(L, RV_STRING, &size, 4);
    rv_append(rv_of(L), &rv_of(L)->output, text, length);
}

static void count_node(lua_State *L, const place *at, unsigned depth) {
    rv_machine *m = rv_of(L);
    if (++m->nodes > m->limits.output_nodes) refuse(L, at, "has more values than a result may have");
    if (depth > m->limits.output_depth) refuse(L, at, "is nested too deep (a table that contains itself?)");
}

// A record that a script hands back is copied by its field names.
static void write_input(lua_State *L, const uint8_t *base, size_t offset, unsigned depth) {
    const uint8_t *p = base + offset;
    rv_machine *m = rv_of(L);
    count_node(L, NULL, depth);
    uint8_t tag = offset ? p[0] : RV_NIL;
    if (tag == RV_LIST_IN) {
        uint32_t count = u32(p + 1);
        put(L, RV_LIST, &count, 4);
        for (uint32_t i = 0; i < count; i++) write_input(L, base, u32(p + 5 + 4 * i), depth + 1);
    } else if (tag == RV_RECORD_IN) {
        const rv_type *type = &m->types[u16(p + 1)];
        uint32_t count = u32(p + 3), present = 0;
        if (count > type->count) count = (uint32_t)type->count;
        for (uint32_t i = 0; i < count; i++) present += u32(p + 7 + 4 * i) != 0;
        put(L, RV_MAP, &present, 4);
        for (uint32_t i = 0; i < count; i++) {
            if (u32(p + 7 + 4 * i) == 0) continue;
            put_string(L, type->fields[i], strlen(type->fields[i]));
            write_input(L, base, u32(p + 7 + 4 * i), depth + 1);
        }
    } else {
        size_t length = tag == RV_STRING ? 4 + u32(p + 1) : tag == RV_INTEGER || tag == RV_DOUBLE ? 8 : 0;
        put(L, tag, p + 1, length);
    }
}

static void write_value(lua_State *L, int index, unsigned depth, const place *at);

static void write_table(lua_State *L, int index, unsigned depth, const place *at) {
    rv_machine *m = rv_of(L);
    luaL_checkstack(L, 8, "result nested too deep");
    size_t first = m->key_count, count = rv_collect_keys(L, index);
    int found = lua_gettop(L);
    if (count == 0) { put(L, RV_EMPTY, NULL, 0); lua_pop(L, 1); return; }
    const rv_key *keys = m->keys + first;
    int is_list = keys[0].integer == 1 && keys[count - 1].integer == (lua_Integer)count;
    for (size_t i = 0; is_list && i < count; i++) is_list = keys[i].kind == RV_KEY_INTEGER;
    uint32_t size = (uint32_t)count;
    put(L, is_list ? RV_LIST : RV_MAP, &size, 4);
    for (size_t i = 0; i < count; i++) {
        place here = { at, "" };
        lua_rawgeti(L, found, m->keys[first + i].position);
        if (lua_type(L, -1) == LUA_TSTRING) snprintf(here.name, sizeof here.name, ".%s", lua_tostring(L, -1));
        else if (lua_isinteger(L, -1)) snprintf(here.name, sizeof here.name, "[%lld]", (long long)lua_tointeger(L, -1));
        else if (lua_type(L, -1) == LUA_TNUMBER) snprintf(here.name, sizeof here.name, "[%g]", (double)lua_tonumber(L, -1));
        else refuse(L, at, "has a key that is neither text nor a number");
        if (!is_list) write_value(L, -1, depth + 1, &here);
        lua_pushvalue(L, -1);
        lua_rawget(L, index);
        write_value(L, -1, depth + 1, &here);
        lua_pop(L, 2);
    }
    m->key_count = first;
    lua_pop(L, 1);
}

static void write_value(lua_State *L, int index, unsigned depth, const place *at) {
    index = lua_absindex(L, index);
    count_node(L, at, depth);
    switch (lua_type(L, index)) {
    case LUA_TNIL: put(L, RV_NIL, NULL, 0); return;
    case LUA_TBOOLEAN: put(L, lua_toboolean(L, index) ? RV_TRUE : RV_FALSE, NULL, 0); return;
    case LUA_TNUMBER:
        if (lua_isinteger(L, index)) { int64_t v = lua_tointeger(L, index); put(L, RV_INTEGER, &v, 8); }
        else { double v = lua_tonumber(L, index); put(L, RV_DOUBLE, &v, 8); }
        return;
    case LUA_TSTRING: {
        size_t length;
        const char *text = lua_tolstring(L, index, &length);
        put_string(L, text, length);
        return;
    }
    case LUA_TTABLE: write_table(L, index, depth, at); return;
    case LUA_TUSERDATA: {
        size_t offset;
        const uint8_t *base = rv_input_of(L, index, &offset);
        if (base) { write_input(L, base, offset, depth); return; }
    } // fall through
    default: {
        char what[64];
        snprintf(what, sizeof what, "is a %s, not a plain value", lua_typename(L, lua_type(L, index)));
        refuse(L, at, what);
    }
    }
}

void rv_write_value(lua_State *L, int index) { write_value(L, index, 0, NULL); }
