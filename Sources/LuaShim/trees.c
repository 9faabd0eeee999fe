// Objects (JSON) and elements (XML) of an input. What an object lacks is nil. An element is read by paths, which lead to
// what there is and else to nothing: element:text "Vehicle/VIN", element:text "Miles/@unit", element:all "Job".
#include "records.h"

#define CHILDREN_A_FUEL 4
#define MISSED_BYTES_MOST 16384

static const char object_key = 0, element_key = 0;

void rv_push_tree_metatable(lua_State *L, uint8_t tag) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, tag == RV_OBJECT_IN ? &object_key : &element_key);
}

void rv_note_missed(rv_machine *m, const char *name, size_t length) {
    if (!m->marking || m->missed.length + length + 1 > MISSED_BYTES_MOST || length > 200) return;
    rv_append(m, &m->missed, name, length);
    rv_append(m, &m->missed, "\n", 1);
}

// The layout of an object: its count, then pairs of name and value.
static uint32_t name_of(const uint8_t *p, uint32_t place) { return rv_u32(p + 5 + 8 * place); }
static uint32_t value_of(const uint8_t *p, uint32_t place) { return rv_u32(p + 9 + 8 * place); }

static int object_index(lua_State *L) {
    rv_handle *h = lua_touserdata(L, 1);
    const uint8_t *p = h->base + h->offset;
    if (lua_type(L, 2) == LUA_TSTRING) {
        size_t length;
        const char *name = lua_tolstring(L, 2, &length);
        rv_charge(rv_of(L), 1 + h->parts / CHILDREN_A_FUEL);
        for (uint32_t i = h->parts; i-- > 0;) {  // of two with one name the later counts
            if (!rv_is_text(h->base, name_of(p, i), name, length)) continue;
            rv_mark(rv_of(L), h->base, name_of(p, i));
            rv_push_part(L, h, value_of(p, i), (lua_Integer)i + 1);
            return 1;
        }
        rv_note_missed(rv_of(L), name, length);
    }
    lua_pushnil(L);
    return 1;
}

int rv_next_of_object(lua_State *L, rv_handle *h, lua_Integer *place) {
    const uint8_t *p = h->base + h->offset;
    while (*place < h->parts && value_of(p, (uint32_t)*place) == 0) (*place)++;
    if (*place >= h->parts) return 0;
    uint32_t i = (uint32_t)(*place)++, name = name_of(p, i);
    rv_mark(rv_of(L), h->base, name);
    lua_pushlstring(L, rv_text(h->base, name), rv_text_length(h->base, name));
    rv_push_part(L, h, value_of(p, i), (lua_Integer)i + 1);
    return 2;
}

// The layout of an element: name, text, how many attributes and elements; then those.
typedef struct { const uint8_t *base; uint32_t offset, name, text, attributes, elements; const uint8_t *parts; } element;

static element element_at(const uint8_t *base, uint32_t offset) {
    const uint8_t *p = base + offset;
    return (element){ base, offset, rv_u32(p + 1), rv_u32(p + 5), rv_u32(p + 9), rv_u32(p + 13), p + 17 };
}

static uint32_t child_of(const element *e, uint32_t place) { return rv_u32(e->parts + 8 * e->attributes + 4 * place); }

enum { FIRST_TEXT, FIRST_ELEMENT, ALL_ELEMENTS };

static void push_text_at(lua_State *L, const uint8_t *base, uint32_t text) {
    if (text) lua_pushlstring(L, rv_text(base, text), rv_text_length(base, text));
    else lua_pushliteral(L, "");
}

// Takes what a path has led to. Gives whether that was enough.
static int take(lua_State *L, const element *e, int wanted, lua_Integer *count) {
    switch (wanted) {
    case FIRST_TEXT:
        rv_mark(rv_of(L), e->base, e->name);
        push_text_at(L, e->base, e->text);
        return 1;
    case FIRST_ELEMENT:
        rv_push_input(L, e->base, e->offset);
        return 1;
    default:
        rv_push_input(L, e->base, e->offset);
        lua_rawseti(L, -2, ++*count);
        return 0;
    }
}

static int take_attribute(lua_State *L, const element *e, const char *name, size_t length, int wanted) {
    if (wanted != FIRST_TEXT) luaL_error(L, "an attribute is text: read '@%s' with :text", name);
    for (uint32_t i = 0; i < e->attributes; i++) {
        uint32_t attribute = rv_u32(e->parts + 8 * i);
        if (!rv_is_text(e->base, attribute, name, length)) continue;
        rv_mark(rv_of(L), e->base, attribute);
        push_text_at(L, e->base, rv_u32(e->parts + 8 * i + 4));
        return 1;
    }
    return 0;
}

// Follows the rest of a path from an element. Its depth is that of the path, and of the tree.
static int follow(lua_State *L, uint32_t offset, const uint8_t *base, const char *path, size_t length, int wanted, lua_Integer *count) {
    element e = element_at(base, offset);
    if (length == 0) return take(L, &e, wanted, count);
    if (*path == '@') return take_attribute(L, &e, path + 1, length - 1, wanted);
    const char *slash = memchr(path, '/', length);
    size_t step = slash ? (size_t)(slash - path) : length, rest = slash ? length - step - 1 : 0;
    rv_charge(rv_of(L), 1 + e.elements / CHILDREN_A_FUEL);
    for (uint32_t i = 0; i < e.elements; i++) {
        uint32_t child = child_of(&e, i);
        if (!rv_is_text(base, rv_u32(base + child + 1), path, step)) continue;
        if (follow(L, child, base, path + length - rest, rest, wanted, count)) return 1;
    }
    return 0;
}

static rv_handle *check_element(lua_State *L) {
    rv_handle *h = rv_handle_at(L, 1);
    if (!h || h->base[h->offset] != RV_ELEMENT_IN) luaL_error(L, "write element:text \"Path\", with a colon");
    return h;
}

static int follow_path(lua_State *L, int wanted) {
    rv_handle *h = check_element(L);
    size_t length = 0;
    const char *path = luaL_optlstring(L, 2, wanted == ALL_ELEMENTS ? NULL : "", &length);
    lua_Integer count = 0;
    if (length == 1 && *path == '.') length = 0;  // the element itself
    luaL_checkstack(L, 8, "path too long");
    if (wanted == ALL_ELEMENTS) lua_newtable(L);
    if (!path) {
        element e = element_at(h->base, (uint32_t)h->offset);
        for (uint32_t i = 0; i < e.elements; i++) {
            rv_charge(rv_of(L), 1);
            rv_push_input(L, h->base, child_of(&e, i));
            lua_rawseti(L, -2, ++count);
        }
        return 1;
    }
    if (memchr(path, '/', length) == path || (length && path[length - 1] == '/')) luaL_error(L, "a path is names with slashes between them, got '%s'", path);
    if (follow(L, (uint32_t)h->offset, h->base, path, length, wanted, &count) || wanted == ALL_ELEMENTS) {
        if (wanted == ALL_ELEMENTS && count == 0) rv_note_missed(rv_of(L), path, length);
        return 1;
    }
    rv_note_missed(rv_of(L), path, length);
    if (wanted == FIRST_TEXT) lua_pushliteral(L, "");
    else lua_pushnil(L);
    return 1;
}

static int element_text(lua_State *L) { return follow_path(L, FIRST_TEXT); }
static int element_first(lua_State *L) { return follow_path(L, FIRST_ELEMENT); }
static int element_all(lua_State *L) { return follow_path(L, ALL_ELEMENTS); }

// element.name, its methods, and element[1], the first of its elements.
static int element_index(lua_State *L) {
    rv_handle *h = lua_touserdata(L, 1);
    element e = element_at(h->base, (uint32_t)h->offset);
    if (lua_type(L, 2) == LUA_TNUMBER) {
        lua_Integer place = lua_tointeger(L, 2);
        rv_push_input(L, h->base, place >= 1 && place <= e.elements ? child_of(&e, (uint32_t)place - 1) : 0);
        return 1;
    }
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
    const char *word = luaL_tolstring(L, 2, NULL);
    if (strcmp(word, "name") == 0) {
        lua_pushlstring(L, rv_text(h->base, e.name), rv_text_length(h->base, e.name));
        return 1;
    }
    return luaL_error(L, "an XML element has no field '%s'; read it with :text \"%s\" or :all \"%s\"", word, word, word);
}

static int is_same(lua_State *L) {
    rv_handle *a = rv_handle_at(L, 1), *b = rv_handle_at(L, 2);
    lua_pushboolean(L, a && b && a->base == b->base && a->offset == b->offset);
    return 1;
}

void rv_open_trees(lua_State *L) {
    static const luaL_Reg methods[] = { { "text", element_text }, { "first", element_first }, { "all", element_all }, { NULL, NULL } };
    lua_newtable(L);
    rv_common_metamethods(L);
    lua_pushcfunction(L, object_index);
    lua_setfield(L, -2, "__index");
    lua_pushliteral(L, "object");
    lua_setfield(L, -2, "__name");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &object_key);

    lua_newtable(L);
    rv_common_metamethods(L);
    lua_newtable(L);
    for (const luaL_Reg *method = methods; method->name; method++) {
        lua_pushnil(L);
        lua_pushcclosure(L, method->func, 1);  // a closure: known by its place in the arena, and not by its address
        lua_setfield(L, -2, method->name);
    }
    lua_pushcclosure(L, element_index, 1);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, is_same);
    lua_setfield(L, -2, "__eq");
    lua_pushliteral(L, "element");
    lua_setfield(L, -2, "__name");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &element_key);
}
