// The table library (manual §6.6), with metamethods as there, charged for each step of its loops. pack is Lua's own.
#include <limits.h>

#include "machine.h"

#define FUEL_A_STEP 3                 // an element may be read through metamethods
#define BYTES_A_FUEL 16
#define SPARE_SLOTS 200

enum { READ = 1, WRITE = 2, LENGTH = 4 };

static int has_method(lua_State *L, int metatable, const char *name) {
    lua_pushstring(L, name);
    int found = lua_rawget(L, metatable) != LUA_TNIL;
    lua_pop(L, 1);
    return found;
}

// A table, or what behaves as one in the ways that are needed.
static void check_table(lua_State *L, int index, int needs) {
    if (lua_type(L, index) == LUA_TTABLE) return;
    if (lua_getmetatable(L, index)) {
        int metatable = lua_gettop(L);
        int fits = (!(needs & READ) || has_method(L, metatable, "__index")) &&
                   (!(needs & WRITE) || has_method(L, metatable, "__newindex")) &&
                   (!(needs & LENGTH) || has_method(L, metatable, "__len"));
        lua_pop(L, 1);
        if (fits) return;
    }
    luaL_checktype(L, index, LUA_TTABLE);
}

static lua_Integer length_of(lua_State *L, int index, int needs) {
    check_table(L, index, needs | LENGTH);
    return luaL_len(L, index);
}

static int table_insert(lua_State *L) {
    rv_machine *m = rv_of(L);
    lua_Integer end = (lua_Integer)((lua_Unsigned)length_of(L, 1, READ | WRITE) + 1), place = end;
    switch (lua_gettop(L)) {
    case 2: break;
    case 3:
        place = luaL_checkinteger(L, 2);
        luaL_argcheck(L, (lua_Unsigned)place - 1u < (lua_Unsigned)end, 2, "position out of bounds");
        for (lua_Integer i = end; i > place; i--) {
            rv_charge(m, FUEL_A_STEP);
            lua_geti(L, 1, i - 1);
            lua_seti(L, 1, i);
        }
        break;
    default: return luaL_error(L, "wrong number of arguments to 'insert'");
    }
    lua_seti(L, 1, place);
    return 0;
}

static int table_remove(lua_State *L) {
    rv_machine *m = rv_of(L);
    lua_Integer size = length_of(L, 1, READ | WRITE), place = luaL_optinteger(L, 2, size);
    if (place != size) luaL_argcheck(L, (lua_Unsigned)place - 1u <= (lua_Unsigned)size, 1, "position out of bounds");
    lua_geti(L, 1, place);
    for (; place < size; place++) {
        rv_charge(m, FUEL_A_STEP);
        lua_geti(L, 1, place + 1);
        lua_seti(L, 1, place);
    }
    lua_pushnil(L);
    lua_seti(L, 1, place);
    return 1;
}

static int table_move(lua_State *L) {
    rv_machine *m = rv_of(L);
    lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3), to = luaL_checkinteger(L, 4);
    int target = lua_isnoneornil(L, 5) ? 1 : 5;
    check_table(L, 1, READ);
    check_table(L, target, WRITE);
    if (last >= first) {
        luaL_argcheck(L, first > 0 || last < LUA_MAXINTEGER + first, 3, "too many elements to move");
        lua_Integer count = last - first + 1;
        luaL_argcheck(L, to <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
        // Upwards, unless that would overwrite what is still to be moved.
        int upwards = to > last || to <= first || (target != 1 && !lua_compare(L, 1, target, LUA_OPEQ));
        for (lua_Integer n = 0; n < count; n++) {
            lua_Integer i = upwards ? n : count - 1 - n;
            rv_charge(m, FUEL_A_STEP);
            lua_geti(L, 1, first + i);
            lua_seti(L, target, to + i);
        }
    }
    lua_pushvalue(L, target);
    return 1;
}

static void add_element(lua_State *L, luaL_Buffer *b, lua_Integer i) {
    rv_charge(rv_of(L), FUEL_A_STEP);
    lua_geti(L, 1, i);
    if (!lua_isstring(L, -1)) {
        luaL_error(L, "invalid value (%s) at index %I in table for 'concat'", luaL_typename(L, -1), (LUAI_UACINT)i);
    }
    luaL_addvalue(b);
}

static int table_concat(lua_State *L) {
    size_t length;
    lua_Integer last = length_of(L, 1, READ);
    const char *separator = luaL_optlstring(L, 2, "", &length);
    lua_Integer i = luaL_optinteger(L, 3, 1);
    last = luaL_optinteger(L, 4, last);
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (; i < last; i++) {
        add_element(L, &b, i);
        luaL_addlstring(&b, separator, length);
    }
    if (i == last) add_element(L, &b, i);
    luaL_pushresult(&b);
    return 1;
}

static int table_unpack(lua_State *L) {
    lua_Integer first = luaL_optinteger(L, 2, 1), last = lua_isnoneornil(L, 3) ? luaL_len(L, 1) : luaL_checkinteger(L, 3);
    if (first > last) return 0;
    lua_Unsigned count = (lua_Unsigned)last - (lua_Unsigned)first;
    // The stack is one block, which Lua doubles when it is full: with some room to spare it need not be.
    if (count >= INT_MAX - SPARE_SLOTS || !lua_checkstack(L, (int)++count + SPARE_SLOTS)) return luaL_error(L, "too many results to unpack");
    rv_charge(rv_of(L), count);
    for (; first < last; first++) lua_geti(L, 1, first);
    lua_geti(L, 1, last);
    return (int)count;
}

// Quicksort whose pivot follows from the contents alone, so that a comparison function is called alike in each run. The
// table is at 1, the function or nil at 2.

// What comparing costs beyond a step: two texts are read as far as the shorter one reaches.
static uint64_t fuel_of_comparing(lua_State *L, int a, int b) {
    if (lua_type(L, a) != LUA_TSTRING || lua_type(L, b) != LUA_TSTRING) return 0;
    lua_Unsigned left = lua_rawlen(L, a), right = lua_rawlen(L, b);
    return (left < right ? left : right) / BYTES_A_FUEL;
}

static int is_less(lua_State *L, int a, int b) {
    rv_charge(rv_of(L), FUEL_A_STEP);
    if (lua_isnil(L, 2)) {
        rv_charge(rv_of(L), fuel_of_comparing(L, a, b));
        return lua_compare(L, a, b, LUA_OPLT);
    }
    lua_pushvalue(L, 2);
    lua_pushvalue(L, a - 1);  // both are counted from the top
    lua_pushvalue(L, b - 2);
    lua_call(L, 2, 1);
    int less = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return less;
}

// Writes the two values on top: the upper one to `i`, the one below it to `j`.
static void put_pair(lua_State *L, lua_Integer i, lua_Integer j) {
    lua_seti(L, 1, i);
    lua_seti(L, 1, j);
}

// Puts the elements at `low`, `middle` and `high` in order; only the two when nothing lies between them. Reads and writes
// in the order in which Lua's own does, which a table with metamethods sees.
static void order_three(lua_State *L, lua_Integer low, lua_Integer middle, lua_Integer high) {
    lua_geti(L, 1, low);
    lua_geti(L, 1, high);
    if (is_less(L, -1, -2)) put_pair(L, low, high);
    else lua_pop(L, 2);
    if (high - low == 1) return;
    lua_geti(L, 1, middle);
    lua_geti(L, 1, low);
    if (is_less(L, -2, -1)) {
        put_pair(L, middle, low);
        return;
    }
    lua_pop(L, 1);
    lua_geti(L, 1, high);
    if (is_less(L, -1, -2)) put_pair(L, middle, high);
    else lua_pop(L, 2);
}

// Splits the elements between `low` and `high`, whose pivot is on top and at `high - 1`. Gives the pivot's place and
// takes it from the stack.
static lua_Integer partition(lua_State *L, lua_Integer low, lua_Integer high) {
    lua_Integer i = low, j = high - 1;
    for (;;) {
        while (lua_geti(L, 1, ++i), is_less(L, -1, -2)) {
            if (i == high - 1) luaL_error(L, "invalid order function for sorting");
            lua_pop(L, 1);
        }
        while (lua_geti(L, 1, --j), is_less(L, -3, -1)) {
            if (j < i) luaL_error(L, "invalid order function for sorting");
            lua_pop(L, 1);
        }
        if (j < i) {
            lua_pop(L, 1);
            put_pair(L, high - 1, i);
            return i;
        }
        put_pair(L, i, j);
    }
}

static void sort_between(lua_State *L, lua_Integer low, lua_Integer high) {
    while (low < high) {
        lua_Integer middle = low + (high - low) / 2;
        order_three(L, low, middle, high);
        if (high - low <= 2) return;
        lua_geti(L, 1, middle);
        lua_pushvalue(L, -1);
        lua_geti(L, 1, high - 1);
        put_pair(L, middle, high - 1);
        middle = partition(L, low, high);
        // The smaller part by recursion, so that it is never deep; the larger one by going round.
        if (middle - low < high - middle) {
            sort_between(L, low, middle - 1);
            low = middle + 1;
        } else {
            sort_between(L, middle + 1, high);
            high = middle - 1;
        }
    }
}

static int table_sort(lua_State *L) {
    lua_Integer size = length_of(L, 1, READ | WRITE);
    if (size > 1) {
        luaL_argcheck(L, size < INT_MAX, 1, "array too big");
        if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
        lua_settop(L, 2);
        sort_between(L, 1, size);
    }
    return 0;
}

void rv_open_tables(lua_State *L) {
    static const luaL_Reg functions[] = {
        { "concat", table_concat }, { "insert", table_insert }, { "move", table_move }, { "remove", table_remove },
        { "sort", table_sort }, { "unpack", table_unpack }, { NULL, NULL },
    };
    lua_getglobal(L, LUA_TABLIBNAME);
    luaL_setfuncs(L, functions, 0);
    lua_pop(L, 1);
}
