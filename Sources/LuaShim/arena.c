// The allocator of one Lua state: a bump pointer and free lists by size class, its books inside the arena too, so that
// copying the arena copies the allocator. It never returns NULL to Lua (5.4.4 uses freed memory after a refused
// allocation): it kills the call instead.
#include <stdio.h>
#include <stdlib.h>

#include "machine.h"

#define SMALL_STEP 16
#define SMALL_CLASSES 64              // up to 1,024 bytes in steps of 16
#define LARGE_CLASSES 96              // then four classes to each doubling

typedef struct freed { struct freed *next; } freed;

typedef struct {
    size_t bump, used, peak;
    freed *small[SMALL_CLASSES + 1];
    freed *large[LARGE_CLASSES];
} books;

static books *books_of(const rv_machine *m) { return (books *)m->arena; }

void rv_arena_reset(rv_machine *m) {
    memset(m->arena, 0, sizeof(books));
    books_of(m)->bump = (sizeof(books) + SMALL_STEP - 1) & ~(size_t)(SMALL_STEP - 1);
}

size_t rv_arena_used(const rv_machine *m) { return books_of(m)->used; }
size_t rv_arena_extent(const rv_machine *m) { return books_of(m)->bump; }
void rv_arena_mark(rv_machine *m) { books_of(m)->peak = books_of(m)->used; }
uint64_t rv_arena_peak(const rv_machine *m) { return books_of(m)->peak; }

// The rounded size of a request, and the list its block returns to.
static size_t classify(books *b, size_t size, freed ***list) {
    if (size <= SMALL_STEP * SMALL_CLASSES) {
        size_t class = (size + SMALL_STEP - 1) / SMALL_STEP;
        *list = &b->small[class];
        return class * SMALL_STEP;
    }
    size_t base = SMALL_STEP * SMALL_CLASSES, class = 0;
    while (base * 2 < size) { base *= 2; class += 4; }
    size_t quarter = base / 4, steps = (size - base + quarter - 1) / quarter;
    *list = &b->large[class + steps];
    return base + steps * quarter;
}

void *rv_arena_allocate(void *context, void *block, size_t old_size, size_t new_size) {
    rv_machine *m = context;
    books *b = books_of(m);
    if (block == NULL) old_size = 0;  // then Lua passes an object's type here
    freed **old_list = NULL, **new_list = NULL;
    size_t old_rounded = old_size ? classify(b, old_size, &old_list) : 0;
    if (new_size == 0) {
        if (old_rounded) {
            freed *f = block;
            f->next = *old_list;
            *old_list = f;
            b->used -= old_rounded;
        }
        return NULL;
    }
    if (new_size > m->limits.block_bytes) rv_kill(m, RV_LIMIT_BLOCK);
    size_t rounded = classify(b, new_size, &new_list);
    if (rounded == old_rounded) return block;
    if (b->used + rounded > m->limits.memory_bytes) rv_kill(m, RV_LIMIT_MEMORY);
    rv_charge(m, rounded / 64);
    void *fresh = *new_list;
    if (fresh) {
        *new_list = ((freed *)fresh)->next;
    } else {
        if (b->bump + rounded > m->arena_bytes) rv_kill(m, RV_LIMIT_MEMORY);
        fresh = m->arena + b->bump;
        b->bump += rounded;
    }
    b->used += rounded;
    if (b->used > b->peak) b->peak = b->used;
    if (old_rounded) {
        memcpy(fresh, block, old_size < new_size ? old_size : new_size);
        freed *f = block;
        f->next = *old_list;
        *old_list = f;
        b->used -= old_rounded;
    }
    return fresh;
}
