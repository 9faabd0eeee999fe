// The allocator of one Lua state: bump pointers and free lists by size class, its books inside the arena too, so that
// copying the arena copies the allocator. It never returns NULL to Lua (5.4.4 uses freed memory after a refused
// allocation): it kills the call instead.
//
// The arena has three parts. What a call may write lies at its start, and is copied back after each call. What no call
// writes once it is built lies in the frozen part: short strings, prototypes and their arrays. What compiling leaves behind
// lies in the scratch part, which is empty once all garbage is collected. Lua writes what is frozen when it
// collects, and in a call the collector stands still; and when the table of all strings grows, which chains them anew: then
// the call is marked, and the whole image is copied back. Nothing is allocated in the frozen part during a call.
// Debug builds compare the frozen part with the image after every call.
#define _GNU_SOURCE  // MAP_FIXED_NOREPLACE
#include <stdatomic.h>
#include <sys/mman.h>

#include "machine.h"

#define SMALL_STEP 16
#define SMALL_CLASSES 64              // up to 1,024 bytes in steps of 16
#define LARGE_CLASSES 96              // then four classes to each doubling

typedef struct freed { struct freed *next; } freed;

#define OTHERS_SHARE 16               // of the arena, each of the parts but the first has one in so many
#define SHORT_STRING_BYTES 65         // the header and 40 characters; longer strings note their hash when it is asked for
#define PROTOTYPE (LUA_NUMTYPES + 1)  // Lua's own tag for one

typedef struct {
    size_t bump, end;
    freed *small[SMALL_CLASSES + 1];
    freed *large[LARGE_CLASSES];
} part;

typedef struct {
    size_t used, peak, scratch_used;
    part written, frozen, scratch;
} books;

// Lua hashes an object by the low half of its address. Arenas that begin at multiples of 4 GB hash alike, so that a program
// uses the same fuel and memory in each; when no such place is free, any other does.
#define PLACES 16384
#define FIRST_PLACE 0x2000u
#define PLACES_TRIED 64

uint8_t *rv_arena_map(size_t bytes) {
    static atomic_uint next_place;
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
#ifdef MAP_FIXED_NOREPLACE
    for (int tries = 0; tries < PLACES_TRIED; tries++) {
        uintptr_t place = (uintptr_t)(FIRST_PLACE + atomic_fetch_add(&next_place, 1) % PLACES) << 32;
        uint8_t *arena = mmap((void *)place, bytes, PROT_READ | PROT_WRITE, flags | MAP_FIXED_NOREPLACE, -1, 0);
        if (arena == (uint8_t *)place) return arena;
        if (arena != MAP_FAILED) munmap(arena, bytes);
    }
#endif
    return mmap(NULL, bytes, PROT_READ | PROT_WRITE, flags, -1, 0);
}

static books *books_of(const rv_machine *m) { return (books *)m->arena; }

static size_t others_bytes(const rv_machine *m) { return (m->arena_bytes / OTHERS_SHARE) & ~(size_t)(SMALL_STEP - 1); }
static size_t frozen_start(const rv_machine *m) { return m->arena_bytes - 2 * others_bytes(m); }
static size_t scratch_start(const rv_machine *m) { return m->arena_bytes - others_bytes(m); }

void rv_arena_reset(rv_machine *m) {
    books *b = books_of(m);
    memset(b, 0, sizeof *b);
    b->written.bump = (sizeof *b + SMALL_STEP - 1) & ~(size_t)(SMALL_STEP - 1);
    b->written.end = b->frozen.bump = frozen_start(m);
    b->frozen.end = b->scratch.bump = scratch_start(m);
    b->scratch.end = m->arena_bytes;
}

size_t rv_arena_written(const rv_machine *m) { return books_of(m)->written.bump; }

uint8_t *rv_arena_frozen(const rv_machine *m, size_t *length) {
    *length = books_of(m)->frozen.bump - frozen_start(m);
    return m->arena + frozen_start(m);
}

void rv_arena_mark(rv_machine *m) { books_of(m)->peak = books_of(m)->used; }
uint64_t rv_arena_peak(const rv_machine *m) { return books_of(m)->peak; }

static int has_room(const part *p, size_t size) { return p->end - p->bump >= size * 2; }

// Where a new block goes. Lua passes an object's type as the old size of what is NULL, and 0 for an array.
static part *part_for_new(rv_machine *m, size_t type, size_t size) {
    books *b = books_of(m);
    if (!m->building) return &b->written;
    if (m->compiling && type == 0 && has_room(&b->scratch, size)) return &b->scratch;
    int frozen = type == PROTOTYPE || (type == LUA_TSTRING && size <= SHORT_STRING_BYTES);
    return frozen && has_room(&b->frozen, size) ? &b->frozen : &b->written;
}

// Where a block goes that is there already: it stays in its part, but for the arrays of a prototype. They grow in the scratch
// part as a function is compiled, and are cut to their length when it ends.
static part *part_for_resized(rv_machine *m, part *p, size_t old_size, size_t size) {
    books *b = books_of(m);
    return p == &b->scratch && m->compiling && size <= old_size && has_room(&b->frozen, size) ? &b->frozen : p;
}

static part *part_of(rv_machine *m, const void *block) {
    books *b = books_of(m);
    size_t place = (size_t)((const uint8_t *)block - m->arena);
    return place < frozen_start(m) ? &b->written : place < scratch_start(m) ? &b->frozen : &b->scratch;
}

int rv_arena_settle(rv_machine *m) {
    books *b = books_of(m);
    if (b->scratch_used != 0) return 0;
    memset(&b->scratch, 0, sizeof b->scratch);  // its free lists lead through memory that no image has
    b->scratch.bump = scratch_start(m);
    b->scratch.end = m->arena_bytes;
    return 1;
}

// A frozen block given back, or the table of all strings growing. Where Lua's own layout is not the known one, anything is
// taken for that table.
static int may_touch_frozen(rv_machine *m, const part *p, const void *block) {
    return p == &books_of(m)->frozen || !m->strings || block == *m->strings;
}

// The largest a block may become. The table of all strings holds garbage too, and is bounded by the memory that those take.
static uint64_t block_bytes_most(const rv_machine *m, const void *block) {
    return block && m->strings && block == *m->strings ? m->limits.memory_bytes : m->limits.block_bytes;
}

// The rounded size of a request, and the list its block returns to.
static size_t classify(part *p, size_t size, freed ***list) {
    if (size <= SMALL_STEP * SMALL_CLASSES) {
        size_t class = (size + SMALL_STEP - 1) / SMALL_STEP;
        *list = &p->small[class];
        return class * SMALL_STEP;
    }
    size_t base = SMALL_STEP * SMALL_CLASSES, class = 0;
    while (base * 2 < size) { base *= 2; class += 4; }
    size_t quarter = base / 4, steps = (size - base + quarter - 1) / quarter;
    *list = &p->large[class + steps];
    return base + steps * quarter;
}

#define HASH_SEED 0x52657669u

// Lua seeds its hash of strings with the time and with addresses; then how tables grow, and so fuel and memory, would differ
// from run to run. Here the seed, private to Lua 5.4, is set before the first string is made, which is at the second
// allocation of a state. It lies behind the allocator and its context, four sizes, the strings, the registry, and the
// integer 0 that says that the state is not yet built; where these are not found, Lua's seed stays, and the table of all
// strings is not known.
typedef struct {
    void *(*allocate)(void *, void *, size_t, size_t);
    void *context;
    ptrdiff_t sizes[4];
    struct { void *table; int used, size; } strings;
    struct { uint64_t value; uint8_t type; } registry, not_built;
    unsigned seed;
} global_state;

static void fix_seed(rv_machine *m) {
    for (size_t i = sizeof(books); i + sizeof(global_state) <= books_of(m)->written.bump; i += sizeof(void *)) {
        global_state *g = (global_state *)(m->arena + i);
        if (g->allocate != rv_arena_allocate || g->context != m) continue;
        if (g->not_built.value != 0 || g->not_built.type != (LUA_TNUMBER | 0 << 4) || g->strings.size != 0) return;
        g->seed = HASH_SEED;
        m->strings = &g->strings.table;
        return;
    }
}

void *rv_arena_allocate(void *context, void *block, size_t old_size, size_t new_size) {
    rv_machine *m = context;
    books *b = books_of(m);
    part *p = block ? part_of(m, block) : part_for_new(m, old_size, new_size);
    if (block == NULL) old_size = 0;  // it was a type
    else if (!m->building && may_touch_frozen(m, p, block)) m->dirty = RV_DIRTY_WHOLE;
    freed **old_list = NULL, **new_list = NULL;
    part *q = block && new_size ? part_for_resized(m, p, old_size, new_size) : p;
    size_t old_rounded = old_size ? classify(p, old_size, &old_list) : 0;
    if (new_size == 0) {
        if (old_rounded) {
            freed *f = block;
            f->next = *old_list;
            *old_list = f;
            b->used -= old_rounded;
            if (p == &b->scratch) b->scratch_used -= old_rounded;
        }
        return NULL;
    }
    if (new_size > block_bytes_most(m, block)) rv_kill(m, RV_LIMIT_BLOCK);
    size_t rounded = classify(q, new_size, &new_list);
    if (rounded == old_rounded && p == q) return block;
    if (b->used + rounded > m->limits.memory_bytes) rv_kill(m, RV_LIMIT_MEMORY);
    rv_charge(m, rounded / 64);
    if (m->state == NULL && ++m->births == 2) fix_seed(m);
    void *fresh = *new_list;
    if (fresh) {
        *new_list = ((freed *)fresh)->next;
    } else {
        if (q->bump + rounded > q->end) rv_kill(m, RV_LIMIT_MEMORY);
        fresh = m->arena + q->bump;
        q->bump += rounded;
    }
    b->used += rounded;
    if (q == &b->scratch) b->scratch_used += rounded;
    if (b->used > b->peak) b->peak = b->used;
    if (old_rounded) {
        memcpy(fresh, block, old_size < new_size ? old_size : new_size);
        freed *f = block;
        f->next = *old_list;
        *old_list = f;
        b->used -= old_rounded;
        if (p == &b->scratch) b->scratch_used -= old_rounded;
    }
    return fresh;
}
