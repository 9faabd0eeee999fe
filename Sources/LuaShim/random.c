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

void rv_seed(rv_machine *m, uint64_t seed) {
    m->random[0] = seed;
    m->random[1] = 0xff;
    m->random[2] = m->random[3] = 0;
    for (int i = 0; i < 16; i++) next_random(m->random);
}

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

static int math_randomseed(lua_State *L) {
    uint64_t seed = 0;
    if (lua_isinteger(L, 1)) {
        seed = (uint64_t)lua_tointeger(L, 1);
    } else if (!lua_isnoneornil(L, 1)) {
        lua_Number number = luaL_checknumber(L, 1);
        memcpy(&seed, &number, sizeof seed);
    }
    rv_seed(rv_of(L), seed);
    return 0;
}

void rv_open_random(lua_State *L) {
    lua_getglobal(L, "math");
    lua_pushcfunction(L, math_random);
    lua_setfield(L, -2, "random");
    lua_pushcfunction(L, math_randomseed);
    lua_setfield(L, -2, "randomseed");
    lua_pop(L, 1);
}
