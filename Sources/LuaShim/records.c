// Records and lists of an input: userdata over the encoded bytes. They are strict (a misspelt field is an error with a
// suggestion), frozen, and lazy: only a field that a script reads becomes a Lua value.
#include <stdio.h>
#include <stdlib.h>

#include "records.h"

// Parts that were asked for are kept in as many user values; of a longer list, in a table that is the only one.
#define USER_VALUES_MOST 64
// Of a type with more fields, a misspelt one has no list of them behind it.
#define NAMES_TOLD_MOST 20

static const char handle_mark = 0;
static const char list_key = 0;

rv_handle *rv_handle_at(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index)) return NULL;
    lua_rawgetp(L, -1, &handle_mark);
    int ours = lua_toboolean(L, -1);
    lua_pop(L, 2);
    return ours ? lua_touserdata(L, index) : NULL;
}

const uint8_t *rv_input_of(lua_State *L, int index, size_t *offset) {
    rv_handle *h = rv_handle_at(L, index);
    if (!h) return NULL;
    *offset = h->offset;
    return h->base;
}

void rv_push_input(lua_State *L, const uint8_t *base, size_t offset) {
    const uint8_t *p = base + offset;
    switch (offset == 0 ? RV_NIL : p[0] & ~RV_READ) {
    case RV_FALSE: lua_pushboolean(L, 0); return;
    case RV_TRUE: lua_pushboolean(L, 1); return;
    case RV_INTEGER: { int64_t v; memcpy(&v, p + 1, 8); lua_pushinteger(L, v); return; }
    case RV_DOUBLE: { double v; memcpy(&v, p + 1, 8); lua_pushnumber(L, v); return; }
    case RV_STRING: lua_pushlstring(L, (const char *)p + 5, rv_u32(p + 1)); return;
    case RV_OBJECT_IN:
    case RV_ELEMENT_IN: {
        uint32_t parts = p[0] == RV_OBJECT_IN ? rv_u32(p + 1) : 0;
        rv_handle *h = lua_newuserdatauv(L, sizeof *h, parts <= USER_VALUES_MOST ? (int)parts : 1);
        *h = (rv_handle){ .base = base, .offset = offset, .parts = parts };
        rv_push_tree_metatable(L, p[0]);
        lua_setmetatable(L, -2);
        return;
    }
    case RV_LIST_IN:
    case RV_RECORD_IN: {
        const rv_type *type = p[0] == RV_LIST_IN ? NULL : &rv_of(L)->types[rv_u16(p + 1)];
        // A row's cells are plain and none is kept.
        uint32_t parts = type && type->is_row ? 0 : type ? rv_u32(p + 3) : rv_u32(p + 1);
        rv_handle *h = lua_newuserdatauv(L, sizeof *h, parts <= USER_VALUES_MOST ? (int)parts : 1);
        h->base = base;
        h->offset = offset;
        h->parts = parts;
        if (type) lua_rawgeti(L, LUA_REGISTRYINDEX, type->metatable);
        else lua_rawgetp(L, LUA_REGISTRYINDEX, &list_key);
        lua_setmetatable(L, -2);
        return;
    }
    default: lua_pushnil(L);
    }
}

void rv_push_part(lua_State *L, rv_handle *h, size_t offset, lua_Integer slot) {
    uint8_t tag = offset ? h->base[offset] : RV_NIL;
    if (tag < RV_LIST_IN) { rv_push_input(L, h->base, offset); return; }
    if (h->parts <= USER_VALUES_MOST) {
        if (lua_getiuservalue(L, 1, (int)slot) != LUA_TNIL) return;
        lua_pop(L, 1);
        rv_push_input(L, h->base, offset);
        lua_pushvalue(L, -1);
        lua_setiuservalue(L, 1, (int)slot);
        return;
    }
    if (lua_getiuservalue(L, 1, 1) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_setiuservalue(L, 1, 1);
    }
    if (lua_rawgeti(L, -1, slot) != LUA_TNIL) return;
    lua_pop(L, 1);
    rv_push_input(L, h->base, offset);
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, slot);
}

// Edits between two words: a letter more, less or other, or two neighbours swapped.
static unsigned distance(const char *a, const char *b, unsigned most) {
    size_t la = strlen(a), lb = strlen(b);
    unsigned rows[3][65];
    if (la > 64 || lb > 64 || (la > lb ? la - lb : lb - la) > most) return most + 1;
    for (size_t j = 0; j <= lb; j++) rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= la; i++) {
        unsigned *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= lb; j++) {
            unsigned best = above[j - 1] + (a[i - 1] != b[j - 1]);
            if (above[j] + 1 < best) best = above[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
    }
    return rows[la % 3][lb];
}

// The nearest name within a third of the word's length, or NULL: a wrong hint is worse than none.
const char *rv_suggest(const char *word, const char *const *names, size_t count) {
    unsigned most = (unsigned)(strlen(word) / 3), nearest;
    if (most < 1) most = 1;
    nearest = most + 1;
    const char *best = NULL;
    for (size_t i = 0; i < count; i++) {
        unsigned d = distance(word, names[i], most);
        if (d < nearest) { nearest = d; best = names[i]; }
    }
    return best;
}

static int no_field(lua_State *L, const rv_type *type, const char *kind) {
    luaL_checkstack(L, NAMES_TOLD_MOST + 8, NULL);
    const char *word = luaL_tolstring(L, 2, NULL);
    const char *near = rv_suggest(word, (const char *const *)type->fields, type->count);
    if (near) return luaL_error(L, "%s has no %s '%s'; did you mean '%s'?", type->name, kind, word, near);
    if (type->count > NAMES_TOLD_MOST) return luaL_error(L, "%s has no %s '%s'", type->name, kind, word);
    luaL_where(L, 1);
    lua_pushfstring(L, "%s has no %s '%s'; it has ", type->name, kind, word);
    for (size_t i = 0; i < type->count; i++) lua_pushfstring(L, i ? ", %s" : "%s", type->fields[i]);
    lua_concat(L, (int)type->count + 2);
    return lua_error(L);
}

static int record_index(lua_State *L) {
    rv_handle *h = lua_touserdata(L, 1);
    const uint8_t *p = h->base + h->offset;
    uint32_t count = rv_u32(p + 3);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNUMBER) return no_field(L, &rv_of(L)->types[rv_u16(p + 1)], "field");
    lua_Integer field = lua_tointeger(L, -1);
    rv_push_part(L, h, field < count ? rv_u32(p + 7 + 4 * field) : 0, field + 1);
    return 1;
}

static int row_index(lua_State *L) {
    rv_handle *h = lua_touserdata(L, 1);
    const uint8_t *p = h->base + h->offset;
    uint32_t count = rv_u32(p + 3);
    lua_Integer cell;
    if (lua_type(L, 2) == LUA_TNUMBER) {
        cell = lua_tointeger(L, 2) - 1;
    } else {
        lua_pushvalue(L, 2);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNUMBER) {
            const rv_type *type = &rv_of(L)->types[rv_u16(p + 1)];
            if (!type->kind[0] || lua_type(L, 2) != LUA_TSTRING || strcmp(lua_tostring(L, 2), "record") != 0) return no_field(L, type, "column");
            lua_pushstring(L, type->kind);
            return 1;
        }
        cell = lua_tointeger(L, -1);
    }
    if (cell < 0 || cell >= count) lua_pushliteral(L, "");
    else {
        uint32_t offset = rv_u32(p + 7 + 4 * cell);
        rv_push_input(L, h->base, offset);
        rv_mark(rv_of(L), h->base, offset);
    }
    return 1;
}

static int list_index(lua_State *L) {
    rv_handle *h = lua_touserdata(L, 1);
    const uint8_t *p = h->base + h->offset;
    int whole = 0;
    lua_Integer place = lua_tointegerx(L, 2, &whole);
    if (!whole || lua_type(L, 2) != LUA_TNUMBER)
        return luaL_error(L, "this is a list: use [1], ipairs or #, not '%s'", luaL_tolstring(L, 2, NULL));
    if (place < 1 || place > rv_u32(p + 1)) lua_pushnil(L);
    else rv_push_part(L, h, rv_u32(p + 5 + 4 * (place - 1)), place);
    return 1;
}

static int input_length(lua_State *L) {
    rv_handle *h = lua_touserdata(L, 1);
    const uint8_t *p = h->base + h->offset;
    switch (p[0]) {
    case RV_RECORD_IN: lua_pushinteger(L, rv_u32(p + 3)); break;
    case RV_ELEMENT_IN: lua_pushinteger(L, rv_u32(p + 13)); break;
    default: lua_pushinteger(L, rv_u32(p + 1));
    }
    return 1;
}

static int frozen(lua_State *L) {
    rv_handle *h = lua_touserdata(L, 1);
    const uint8_t *p = h->base + h->offset;
    const char *name = p[0] == RV_RECORD_IN ? rv_of(L)->types[rv_u16(p + 1)].name : "what the host gives";
    if (p[0] == RV_LIST_IN) name = "this list";
    return luaL_error(L, "%s is read-only; copy what you need into a table of your own", name);
}

// for k, v in pairs(record): the fields that have a value, in the record's own order.
static int next_part(lua_State *L) {
    rv_handle *h = rv_handle_at(L, 1);      // a script may call it by hand, with anything
    if (!h) return luaL_typeerror(L, 1, "record or list");
    const uint8_t *p = h->base + h->offset;
    lua_Integer place = lua_tointeger(L, lua_upvalueindex(1));
    if (p[0] == RV_LIST_IN) {
        if (place >= rv_u32(p + 1)) return 0;
        lua_pushinteger(L, place + 1);
        lua_replace(L, lua_upvalueindex(1));
        rv_push_part(L, h, rv_u32(p + 5 + 4 * place), place + 1);
        lua_pushinteger(L, place + 1);
        lua_insert(L, -2);
        return 2;
    }
    if (p[0] == RV_OBJECT_IN) {
        int found = rv_next_of_object(L, h, &place);
        lua_pushinteger(L, place);
        lua_replace(L, lua_upvalueindex(1));
        return found;
    }
    const rv_type *type = &rv_of(L)->types[rv_u16(p + 1)];
    uint32_t count = rv_u32(p + 3);
    while (place < (lua_Integer)type->count && (place >= count || rv_u32(p + 7 + 4 * place) == 0)) place++;
    if (place >= (lua_Integer)type->count) return 0;
    lua_pushinteger(L, place + 1);
    lua_replace(L, lua_upvalueindex(1));
    rv_push_part(L, h, rv_u32(p + 7 + 4 * place), place + 1);
    lua_pushstring(L, type->fields[place]);
    lua_insert(L, -2);
    return 2;
}

static int input_pairs(lua_State *L) {
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_part, 1);
    lua_pushvalue(L, 1);
    return 2;
}

void rv_common_metamethods(lua_State *L) {
    lua_pushboolean(L, 1);
    lua_rawsetp(L, -2, &handle_mark);
    lua_pushcfunction(L, frozen);
    lua_setfield(L, -2, "__newindex");
    lua_pushcfunction(L, input_length);
    lua_setfield(L, -2, "__len");
    lua_pushcfunction(L, input_pairs);
    lua_setfield(L, -2, "__pairs");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
}

void rv_open_records(lua_State *L) {
    lua_newtable(L);
    rv_common_metamethods(L);
    lua_pushcfunction(L, list_index);
    lua_setfield(L, -2, "__index");
    lua_pushliteral(L, "list");
    lua_setfield(L, -2, "__name");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &list_key);
    rv_open_trees(L);
}

// Makes the metatable of a type whose names are set, and notes it in the machine.
void rv_define(lua_State *L, uint16_t id) {
    rv_type *type = &rv_of(L)->types[id];
    lua_newtable(L);
    rv_common_metamethods(L);
    lua_pushstring(L, type->name);
    lua_setfield(L, -2, "__name");
    lua_createtable(L, 0, (int)type->count);
    for (size_t i = 0; i < type->count; i++) {
        lua_pushinteger(L, (lua_Integer)i);
        lua_setfield(L, -2, type->fields[i]);
    }
    lua_pushcclosure(L, type->is_row ? row_index : record_index, 1);
    lua_setfield(L, -2, "__index");
    type->metatable = luaL_ref(L, LUA_REGISTRYINDEX);
}
