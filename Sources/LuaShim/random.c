// math.random of Lua 5.4 (xoshiro256**, manual §6.7), its state outside the script's reach and seeded by the host.
#include "machine.h"

static uint64_t rotate(uint64_t x, int n) { return (x << n) | (x >> (64 - n)); }

static uint64_t next_random(uint64_t *s) {
    uint64_t s0 = s[0], s1 = s[1], s2 = s[2] ^ s0, s3 = s[3] ^ s1, result = rotate(s1 * 5, 7) * 9;
    s1 <<= 17;
    s[0] = s0 ^ s3;
    s[1] = s[1] ^ s2;
    s[2] = s2 ^ s1;
    s[3] = rotate(s3, 45);
    return result;
}

static void seed(rv_machine *m, uint64_t first, uint64_t second) {
    m->random[0] = first;
    m->random[1] = 0xff;
    m->random[2] = second;
    m->random[3] = 0;
    for (int i = 0; i < 16; i++) next_random(m->random);
}

void rv_seed(rv_machine *m, uint64_t number) { seed(m, number, 0); }

static int math_random(lua_State *L) {
    rv_machine *m = rv_of(L);
    uint64_t r = next_random(m->random);
    lua_Integer low, high;
    switch (lua_gettop(L)) {
    case 0:
        lua_pushnumber(L, (lua_Number)(r >> 11) * (0.5 / ((uint64_t)1 << 52)));
        return 1;
    case 1:
        low = 1;
        high = luaL_checkinteger(L, 1);
        if (high == 0) {
            lua_pushinteger(L, (lua_Integer)r);
            return 1;
        }
        break;
    case 2:
        low = luaL_checkinteger(L, 1);
        high = luaL_checkinteger(L, 2);
        break;
    default:
        return luaL_error(L, "wrong number of arguments");
    }
    luaL_argcheck(L, low <= high, lua_gettop(L), "interval is empty");
    uint64_t width = (uint64_t)high - (uint64_t)low, mask = width;
    if (width != 0) {
        for (int shift = 1; shift < 64; shift *= 2) mask |= mask >> shift;
        while ((r &= mask) > width) r = next_random(m->random);
    } else {
        r = 0;
    }
    lua_pushinteger(L, (lua_Integer)(r + (uint64_t)low));
    return 1;
}

// Without arguments the seed comes from the numbers so far: there is no other source of chance.
static int math_randomseed(lua_State *L) {
    rv_machine *m = rv_of(L);
    int whole;
    lua_Integer first = 0, second = luaL_optinteger(L, 2, 0);
    if (lua_isnone(L, 1)) {
        first = (lua_Integer)next_random(m->random);
        second = (lua_Integer)next_random(m->random);
    } else {
        lua_Number number = luaL_checknumber(L, 1);
        first = lua_tointegerx(L, 1, &whole);
        if (!whole) memcpy(&first, &number, sizeof first);
    }
    seed(m, (uint64_t)first, (uint64_t)second);
    lua_pushinteger(L, first);
    lua_pushinteger(L, second);
    return 2;
}

void rv_open_random(lua_State *L) {
    lua_getglobal(L, "math");
    lua_pushcfunction(L, math_random);
    lua_setfield(L, -2, "random");
    lua_pushcfunction(L, math_randomseed);
    lua_setfield(L, -2, "randomseed");
    lua_pop(L, 1);
}
