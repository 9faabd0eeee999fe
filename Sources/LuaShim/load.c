// Compiling: text only, since bytecode can crash the machine, and no more of it than the limits allow (manual §3.3.2, §6.1).
#include "machine.h"

#define PIECE 256
#define FUEL_A_BYTE 4
#define FUNCTION_SLOT 1
#define KEPT_SLOT 5  // holds on to the reader's last piece while the parser looks at it

typedef struct { const char *text; size_t left; } text_reader;

// In pieces, so that a text whose parsing takes more than linear time runs out of fuel on the way.
static const char *next_piece(lua_State *L, void *context, size_t *length) {
    text_reader *reader = context;
    const char *piece = reader->text;
    *length = reader->left < PIECE ? reader->left : PIECE;
    reader->text += *length;
    reader->left -= *length;
    rv_charge(rv_of(L), *length * FUEL_A_BYTE);
    rv_check_clock(rv_of(L));
    return *length ? piece : NULL;
}

static int too_large(lua_State *L, const char *name, size_t length) {
    lua_pushfstring(L, "%s: a script may have at most %d bytes, this one has %d", *name == '@' || *name == '=' ? name + 1 : "load",
                    (int)rv_of(L)->limits.source_bytes, (int)length);
    return LUA_ERRSYNTAX;
}

int rv_compile(lua_State *L, const char *text, size_t length, const char *name) {
    if (length > rv_of(L)->limits.source_bytes) return too_large(L, name, length);
    rv_machine *m = rv_of(L);
    m->compiling = 1;
    int status = lua_load(L, next_piece, &(text_reader){ text, length }, name, "t");
    m->compiling = 0;
    return status;
}

// The reader of load(function): what the function gives until it gives nil or "".
static const char *call_reader(lua_State *L, void *context, size_t *length) {
    size_t *total = context;
    luaL_checkstack(L, 2, "too many nested functions");
    lua_pushvalue(L, FUNCTION_SLOT);
    lua_call(L, 0, 1);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        *length = 0;
        return NULL;
    }
    if (!lua_isstring(L, -1)) luaL_error(L, "reader function must return a string");
    lua_replace(L, KEPT_SLOT);
    const char *piece = lua_tolstring(L, KEPT_SLOT, length);
    *total += *length;
    rv_charge(rv_of(L), 1 + *length * FUEL_A_BYTE);
    if (*total > rv_of(L)->limits.source_bytes) {
        luaL_error(L, "load: a text may have at most %d bytes", (int)rv_of(L)->limits.source_bytes);
    }
    return piece;
}

static int base_load(lua_State *L) {
    const char *mode = luaL_optstring(L, 3, "t");
    int has_environment = !lua_isnone(L, 4), status;
    size_t length;
    const char *text = lua_isstring(L, 1) ? lua_tolstring(L, 1, &length) : NULL;
    const char *name = luaL_optstring(L, 2, text ? text : "=(load)");
    if (!text) luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_settop(L, 4);
    if (!strchr(mode, 't')) {
        lua_pushnil(L);
        lua_pushfstring(L, "attempt to load a text chunk (mode is '%s')", mode);
        return 2;
    }
    if (text) {
        status = rv_compile(L, text, length, name);
    } else {
        size_t total = 0;
        lua_pushnil(L);
        status = lua_load(L, call_reader, &total, name, "t");
    }
    if (status != LUA_OK) {
        lua_pushnil(L);
        lua_insert(L, -2);
        return 2;
    }
    if (has_environment) {
        lua_pushvalue(L, 4);
        if (!lua_setupvalue(L, -2, 1)) lua_pop(L, 1);
    }
    return 1;
}

void rv_open_load(lua_State *L) {
    lua_pushcfunction(L, base_load);
    lua_setglobal(L, "load");
}
