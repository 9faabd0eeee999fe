// Copies a result out of the sandbox. No metamethod runs; depth, count and size are limited, and what can't be copied
// is an error that names its place.
#include <stdio.h>
#include <stdlib.h>

#include "records.h"

#define PAIRS_ON_STACK 32

// Where a value lies: the key that led to it waits on the stack, and becomes words only if something is wrong.
typedef struct place { const struct place *outer; int key; } place;

static void push_path(lua_State *L, const place *at) {
    if (!at) { lua_pushliteral(L, "the result"); return; }
    push_path(L, at->outer);
    char name[48] = "";
    if (lua_type(L, at->key) == LUA_TSTRING) snprintf(name, sizeof name, ".%s", lua_tostring(L, at->key));
    else if (lua_isinteger(L, at->key)) snprintf(name, sizeof name, "[%lld]", (long long)lua_tointeger(L, at->key));
    else if (lua_type(L, at->key) == LUA_TNUMBER) snprintf(name, sizeof name, "[%g]", (double)lua_tonumber(L, at->key));
    lua_pushstring(L, name);
    lua_concat(L, 2);
}

static int refuse(lua_State *L, const place *at, const char *what) {
    push_path(L, at);
    return luaL_error(L, "%s %s", lua_tostring(L, -1), what);
}

static void put(lua_State *L, uint8_t tag, const void *bytes, size_t length) {
    rv_machine *m = rv_of(L);
    uint8_t *out = rv_grow(m, &m->output, 1 + length);
    out[0] = tag;
    if (length) memcpy(out + 1, bytes, length);
}

static void put_string(lua_State *L, const char *text, size_t length) {
    rv_machine *m = rv_of(L);
    uint32_t size = (uint32_t)length;
    uint8_t *out = rv_grow(m, &m->output, 5 + length);
    out[0] = RV_STRING;
    memcpy(out + 1, &size, 4);
    memcpy(out + 5, text, length);
}

static void count_node(lua_State *L, const place *at, unsigned depth) {
    rv_machine *m = rv_of(L);
    if (++m->nodes > m->limits.output_nodes) refuse(L, at, "has more values than a result may have");
    if (depth > m->limits.output_depth) refuse(L, at, "is nested too deep (a table that contains itself?)");
}

static void write_input(lua_State *L, const uint8_t *base, size_t offset, unsigned depth);

static int by_name(const void *left, const void *right) {
    const rv_key *a = left, *b = right;
    int order = rv_key_order(a, b);
    return order != 0 ? order : a->position - b->position;
}

// An object is copied with its names in order; of two with one name the later counts.
static void write_object(lua_State *L, const uint8_t *base, const uint8_t *p, unsigned depth) {
    rv_machine *m = rv_of(L);
    uint32_t count = rv_u32(p + 1), present = 0;
    rv_key *keys = lua_newuserdatauv(L, (count + 1) * sizeof *keys, 0);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t name = rv_u32(p + 5 + 8 * i);
        if (rv_u32(p + 9 + 8 * i) == 0) continue;
        keys[present++] = (rv_key){ .kind = RV_KEY_STRING, .bytes = base + name + 5, .length = rv_u32(base + name + 1), .position = (int)i };
    }
    rv_charge(m, count);
    if (present > 1) qsort(keys, present, sizeof *keys, by_name);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < present; i++) {
        if (i + 1 < present && rv_key_order(&keys[i], &keys[i + 1]) == 0) continue;
        keys[kept++] = keys[i];
    }
    if (kept == 0) put(L, RV_EMPTY, NULL, 0);
    else put(L, RV_MAP, &kept, 4);
    luaL_checkstack(L, 8, "result nested too deep");
    for (uint32_t i = 0; i < kept; i++) {
        put_string(L, (const char *)keys[i].bytes, keys[i].length);
        write_input(L, base, rv_u32(p + 9 + 8 * (uint32_t)keys[i].position), depth + 1);
    }
    lua_pop(L, 1);
}

// A record that a script hands back is copied by its field names.
static void write_input(lua_State *L, const uint8_t *base, size_t offset, unsigned depth) {
    const uint8_t *p = base + offset;
    rv_machine *m = rv_of(L);
    count_node(L, NULL, depth);
    uint8_t tag = offset ? p[0] & ~RV_READ : RV_NIL;
    if (tag == RV_OBJECT_IN) {
        write_object(L, base, p, depth);
    } else if (tag == RV_ELEMENT_IN) {
        refuse(L, NULL, "has an XML element in it; take its text, as element:text \"Name\"");
    } else if (tag == RV_LIST_IN) {
        uint32_t count = rv_u32(p + 1);
        put(L, RV_LIST, &count, 4);
        for (uint32_t i = 0; i < count; i++) write_input(L, base, rv_u32(p + 5 + 4 * i), depth + 1);
    } else if (tag == RV_RECORD_IN) {
        const rv_type *type = &m->types[rv_u16(p + 1)];
        uint32_t count = rv_u32(p + 3), present = 0;
        if (count > type->count) count = (uint32_t)type->count;
        for (uint32_t i = 0; i < count; i++) present += rv_u32(p + 7 + 4 * i) != 0;
        put(L, RV_MAP, &present, 4);
        for (uint32_t i = 0; i < count; i++) {
            if (rv_u32(p + 7 + 4 * i) == 0) continue;
            put_string(L, type->fields[i], strlen(type->fields[i]));
            write_input(L, base, rv_u32(p + 7 + 4 * i), depth + 1);
        }
    } else {
        size_t length = tag == RV_STRING ? 4 + rv_u32(p + 1) : tag == RV_INTEGER || tag == RV_DOUBLE ? 8 : 0;
        put(L, tag, p + 1, length);
    }
}

static void write_value(lua_State *L, int index, unsigned depth, const place *at);

static void begin_table(lua_State *L, int is_list, uint32_t count) { put(L, is_list ? RV_LIST : RV_MAP, &count, 4); }

static int is_list(const rv_key *keys, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (keys[i].kind != RV_KEY_NUMBER || keys[i].number != (lua_Number)(i + 1)) return 0;
    return 1;
}

// One entry, its key and its value on the stack.
static void write_entry(lua_State *L, int key, int value, int in_list, unsigned depth, const place *at) {
    place here = { at, key };
    int type = lua_type(L, key);
    if (type != LUA_TSTRING && type != LUA_TNUMBER) refuse(L, at, "has a key that is neither text nor a number");
    if (!in_list) write_value(L, key, depth + 1, &here);
    write_value(L, value, depth + 1, &here);
}

// A table of any size, its keys sorted in a Lua array.
static void write_large_table(lua_State *L, int index, unsigned depth, const place *at) {
    rv_machine *m = rv_of(L);
    luaL_checkstack(L, 8, "result nested too deep");
    size_t first = m->key_count, count = rv_collect_keys(L, index);
    int found = lua_gettop(L), in_list = is_list(m->keys + first, count);
    begin_table(L, in_list, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, found, m->keys[first + i].position);
        lua_pushvalue(L, -1);
        lua_rawget(L, index);
        write_entry(L, found + 1, found + 2, in_list, depth, at);
        lua_settop(L, found);
    }
    m->key_count = first;
    lua_pop(L, 1);
}

// Most tables are small: their pairs are sorted where lua_next leaves them, on the stack.
static void write_table(lua_State *L, int index, unsigned depth, const place *at) {
    rv_machine *m = rv_of(L);
    rv_key keys[PAIRS_ON_STACK];
    int base = lua_gettop(L), count = 0;
    luaL_checkstack(L, 8, "result nested too deep");
    lua_pushnil(L);
    while (lua_next(L, index)) {
        if (count == PAIRS_ON_STACK) {
            lua_settop(L, base);
            write_large_table(L, index, depth, at);
            return;
        }
        rv_charge(m, 2);
        rv_key key = rv_key_at(L, -2, base + 1 + 2 * count);
        int place = count++;
        for (; place > 0 && rv_key_order(&keys[place - 1], &key) > 0; place--) keys[place] = keys[place - 1];
        keys[place] = key;
        luaL_checkstack(L, 8, "result nested too deep");
        lua_pushvalue(L, -2);         // lua_next takes the key it is given
    }
    if (count == 0) { put(L, RV_EMPTY, NULL, 0); return; }
    int in_list = is_list(keys, (size_t)count);
    begin_table(L, in_list, (uint32_t)count);
    for (int i = 0; i < count; i++) write_entry(L, keys[i].position, keys[i].position + 1, in_list, depth, at);
    lua_settop(L, base);
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
