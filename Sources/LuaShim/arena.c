// The allocator of one Lua state, its books inside the arena too, so that copying the arena copies the allocator. It
// never returns NULL to Lua (5.4.4 uses freed memory after a refused allocation): it kills the call instead.
//
// The arena has two zones. What no call writes (compiled code, and strings that were there before) lies in the fixed
// zone and is copied only when another image is laid out; all else lies in the working zone, which is copied back before
// each call. With the collector stopped, the one thing in Lua 5.4 that writes old strings is the growth of the table of
// strings, which relinks them: it is noticed here, and the fixed zone is then copied too. (A long string that is used as
// a key gets its hash noted; that follows from its bytes alone, so it may stay.)
#include <sys/mman.h>

#include "machine.h"

#define SMALL_STEP 16
#define SMALL_CLASSES 64              // up to 1,024 bytes in steps of 16
#define LARGE_CLASSES 96              // then four classes to each doubling
#define STRING_TABLE_FIRST_BYTES 1024 // what Lua 5.4 makes it with

typedef struct freed { struct freed *next; } freed;

typedef struct {
    size_t bump, end;                 // offsets in the arena
    size_t used, peak;                // of both zones; kept in the working one
    freed *small[SMALL_CLASSES + 1];
    freed *large[LARGE_CLASSES];
} zone;

static zone *working(const rv_machine *m) { return (zone *)(m->arena + m->fixed_bytes); }
static zone *fixed(const rv_machine *m) { return (zone *)m->arena; }

// Arenas begin at multiples of 4 GB: Lua hashes a pointer by its low 32 bits, so that tables keyed by objects are laid
// out alike in every machine and every run.
int rv_arena_map(rv_machine *m, size_t bytes) {
    size_t unit = (size_t)1 << 32, reserved = bytes + unit;
    if (bytes > unit) return 0;
    uint8_t *all = mmap(NULL, reserved, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (all == MAP_FAILED) return 0;
    uint8_t *start = (uint8_t *)(((uintptr_t)all + unit - 1) & ~(uintptr_t)(unit - 1));
    if (start > all) munmap(all, (size_t)(start - all));
    if (start + bytes < all + reserved) munmap(start + bytes, (size_t)(all + reserved - start) - bytes);
    if (mprotect(start, bytes, PROT_READ | PROT_WRITE) != 0) {
        munmap(start, bytes);
        return 0;
    }
    m->arena = start;
    m->arena_bytes = bytes;
    m->fixed_bytes = (bytes / 4) & ~(size_t)4095;
    return 1;
}

void rv_arena_unmap(rv_machine *m) { munmap(m->arena, m->arena_bytes); }

void rv_arena_reset(rv_machine *m) {
    size_t books = (sizeof(zone) + SMALL_STEP - 1) & ~(size_t)(SMALL_STEP - 1);
    memset(fixed(m), 0, sizeof(zone));
    memset(working(m), 0, sizeof(zone));
    fixed(m)->bump = books;
    fixed(m)->end = m->fixed_bytes;
    working(m)->bump = m->fixed_bytes + books;
    working(m)->end = m->arena_bytes;
    m->string_table = NULL;
}

size_t rv_arena_fixed_extent(const rv_machine *m) { return fixed(m)->bump; }
size_t rv_arena_working_extent(const rv_machine *m) { return working(m)->bump - m->fixed_bytes; }
void rv_arena_mark(rv_machine *m) { working(m)->peak = working(m)->used; }
uint64_t rv_arena_peak(const rv_machine *m) { return working(m)->peak; }

static zone *zone_of(const rv_machine *m, const void *block) {
    return (const uint8_t *)block < m->arena + m->fixed_bytes ? fixed(m) : working(m);
}

// The rounded size of a request, and the list its block returns to.
static size_t classify(zone *z, size_t size, freed ***list) {
    if (size <= SMALL_STEP * SMALL_CLASSES) {
        size_t class = (size + SMALL_STEP - 1) / SMALL_STEP;
        *list = &z->small[class];
        return class * SMALL_STEP;
    }
    size_t base = SMALL_STEP * SMALL_CLASSES, class = 0;
    while (base * 2 < size) { base *= 2; class += 4; }
    size_t quarter = base / 4, steps = (size - base + quarter - 1) / quarter;
    *list = &z->large[class + steps];
    return base + steps * quarter;
}

static void give_back(rv_machine *m, void *block, size_t size) {
    freed **list;
    zone *z = zone_of(m, block);
    if (z == fixed(m) && !m->building) m->fixed_dirty = 1;
    working(m)->used -= classify(z, size, &list);
    freed *f = block;
    f->next = *list;
    *list = f;
}

static void *take(rv_machine *m, zone *z, size_t size) {
    freed **list;
    size_t rounded = classify(z, size, &list);
    if (working(m)->used + rounded > m->limits.memory_bytes) rv_kill(m, RV_LIMIT_MEMORY);
    rv_charge(m, rounded / 64);
    void *fresh = *list;
    if (fresh) {
        *list = ((freed *)fresh)->next;
    } else {
        if (z->bump + rounded > z->end) {
            if (z == fixed(m)) return take(m, working(m), size);
            rv_kill(m, RV_LIMIT_MEMORY);
        }
        fresh = m->arena + z->bump;
        z->bump += rounded;
    }
    zone *w = working(m);
    w->used += rounded;
    if (w->used > w->peak) w->peak = w->used;
    return fresh;
}

// Lua says what a new object is in `old_size`. Parts of objects have no kind; while a text is compiled all of them are
// parts of functions, or live no longer than the compiling.
static zone *zone_for(const rv_machine *m, size_t kind) {
    int is_fixed = m->building && (kind == LUA_TSTRING || kind == LUA_NUMTYPES + 1 || (kind == 0 && m->compiling));
    return is_fixed ? fixed(m) : working(m);
}

void *rv_arena_allocate(void *context, void *block, size_t old_size, size_t new_size) {
    rv_machine *m = context;
    if (new_size == 0) {
        if (block) give_back(m, block, old_size);
        return NULL;
    }
    if (new_size > m->limits.block_bytes) rv_kill(m, RV_LIMIT_BLOCK);
    if (!block) {
        void *fresh = take(m, zone_for(m, old_size), new_size);
        if (!m->string_table && old_size == 0 && new_size == STRING_TABLE_FIRST_BYTES) m->string_table = fresh;
        return fresh;
    }
    zone *z = zone_of(m, block);
    freed **list;
    if (classify(z, new_size, &list) == classify(z, old_size, &list)) return block;
    void *fresh = take(m, z, new_size);
    memcpy(fresh, block, old_size < new_size ? old_size : new_size);
    if (block == m->string_table) {
        m->string_table = fresh;
        if (!m->building) m->fixed_dirty = 1;
    }
    give_back(m, block, old_size);
    return fresh;
}
