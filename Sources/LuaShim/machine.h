// What the shim's files share. Not seen by Swift.
#ifndef REVISIT_MACHINE_H
#define REVISIT_MACHINE_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <setjmp.h>
#include <string.h>

#include "LuaShim.h"

#define RV_HOOK_PERIOD 50
#define RV_TYPES_MOST 64
#define RV_TRACE_MOST 12

// Growing bytes outside the arena: a kill may leave them half written, never leaked.
typedef struct { uint8_t *bytes; size_t length, capacity; } rv_buffer;

enum { RV_KEY_NUMBER, RV_KEY_STRING, RV_KEY_BOOLEAN, RV_KEY_OTHER };

typedef struct {
    const uint8_t *bytes;             // of a text, valid while that string lives; where in the arena another object lies
    size_t length;
    lua_Number number;
    lua_Integer integer;
    int kind;
    int position;
} rv_key;

typedef struct { uint8_t is_row; int metatable; char name[64]; char kind[64]; char **fields; size_t count; } rv_type;

typedef struct kept { void *block; struct kept *next; } kept;

// The texts and names behind an image, shared by those that extend it.
typedef struct rv_program {
    int references;
    struct rv_program *base;       // the one that this goes on from, whose names its types still use
    rv_source *sources;
    size_t source_count;
    kept *kept;
} rv_program;

// The lines of one source that ran: a byte a line, from the first.
typedef struct rv_covered { struct rv_covered *next; char *name; uint8_t *lines; size_t count; } rv_covered;

struct rv_machine {
    uint8_t *arena;
    size_t arena_bytes;
    lua_State *state;
    const rv_image *laid_out;      // the image that the arena held when the last call began
    int dirty;                     // what was written since: RV_DIRTY_…
    int building;                  // an image is being made: what no call will write is put apart
    int compiling;
    int births;                    // allocations of a state that is being made
    void **strings;                // where the state keeps its table of all strings; NULL when that is not known
    rv_program *program;
    rv_type types[RV_TYPES_MOST];

    // One call's budget and products.
    rv_limits limits;
    int64_t fuel;
    uint64_t coarse_read, processor_start;  // when the clocks were read; 0: not yet
    uint32_t charges;
    lua_State *running;               // the coroutine that runs, for the trace of a kill
    int closing;                      // coroutines being closed, one inside another
    lua_Integer walked;               // where next stopped last, in the keys of its table
    jmp_buf kill;
    int killable;
    rv_limit limit;
    const uint8_t *input;
    uint64_t random[4];
    rv_buffer output, printed, trace;
    int marking;                      // reads are marked in the input
    rv_buffer missed;
    int covering;                     // lines that run are noted
    rv_covered *covered;
    uint32_t nodes;
    rv_key *keys;
    size_t key_count, key_capacity;
};

enum { RV_CLEAN, RV_DIRTY_WRITTEN, RV_DIRTY_WHOLE };

static inline rv_machine *rv_of(lua_State *L) { return *(rv_machine **)lua_getextraspace(L); }

// arena.c
// Gives MAP_FAILED when there is no room.
uint8_t *rv_arena_map(size_t bytes);
void rv_arena_reset(rv_machine *m);
void *rv_arena_allocate(void *machine, void *block, size_t old_size, size_t new_size);
// How far the part that calls may write reaches from the arena's start.
size_t rv_arena_written(const rv_machine *m);
// The part that no call writes.
uint8_t *rv_arena_frozen(const rv_machine *m, size_t *length);
// Forgets the scratch part. False when something is left there.
int rv_arena_settle(rv_machine *m);
void rv_arena_mark(rv_machine *m);
uint64_t rv_arena_peak(const rv_machine *m);

// budget.c
_Noreturn void rv_kill(rv_machine *m, rv_limit limit);
void rv_charge(rv_machine *m, uint64_t fuel);
// Kills the call when it has had its processor time.
void rv_check_clock(rv_machine *m);
void rv_hook(lua_State *L, lua_Debug *ar);
// Sets the hook that counts instructions, and lines when they are covered.
void rv_set_hook(rv_machine *m);
void rv_start_budget(rv_machine *m, const rv_limits *limits);
void rv_trace_stack(rv_machine *m, lua_State *L);

// coverage.c
void rv_cover_line(rv_machine *m, lua_State *L, lua_Debug *ar);
void rv_forget_covered(rv_machine *m);

// buffer.c
// Room for that many more bytes, or a kill.
void rv_make_room(rv_machine *m, rv_buffer *b, size_t length);

static inline uint8_t *rv_grow(rv_machine *m, rv_buffer *b, size_t length) {
    if (b->length + length > b->capacity || b->length + length > m->limits.output_bytes + 4096) rv_make_room(m, b, length);
    b->length += length;
    return b->bytes + b->length - length;
}

static inline void rv_append(rv_machine *m, rv_buffer *b, const void *bytes, size_t length) {
    memcpy(rv_grow(m, b, length), bytes, length);
}

// records.c
void rv_open_records(lua_State *L);
void rv_define(lua_State *L, uint16_t type);
void rv_push_input(lua_State *L, const uint8_t *base, size_t offset);
// If the value is a part of an input, gives its bytes.
const uint8_t *rv_input_of(lua_State *L, int index, size_t *offset);
const char *rv_suggest(const char *word, const char *const *names, size_t count);

// results.c
void rv_write_value(lua_State *L, int index);

// keys.c
// The key at a stack index.
rv_key rv_key_at(lua_State *L, int index, int position);
int rv_key_order(const rv_key *a, const rv_key *b);
void rv_push_sorted_keys(lua_State *L, int table);
size_t rv_collect_keys(lua_State *L, int table);

// base.c
void rv_open_base(lua_State *L);
int rv_require(lua_State *L);
int rv_sentinel(lua_State *L, int index);
void rv_open_strict(lua_State *L);
void rv_open_print(lua_State *L);
// Pushes what tostring gives for a value.
void rv_push_text(lua_State *L, int index);

// load.c
void rv_open_load(lua_State *L);
// luaL_loadbufferx of text.
int rv_compile(lua_State *L, const char *text, size_t length, const char *name);

// walks.c, tables.c, coroutines.c, charges.c
void rv_open_charges(lua_State *L);
void rv_open_walks(lua_State *L);
void rv_open_tables(lua_State *L);
void rv_open_coroutines(lua_State *L);

// metatables.c
void rv_open_metatables(lua_State *L);
// Collects all garbage.
void rv_collect(lua_State *L);

// strings.c
void rv_open_strings(lua_State *L);

// random.c
void rv_seed(rv_machine *m, uint64_t seed);
void rv_open_random(lua_State *L);

#endif
