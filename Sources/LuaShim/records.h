// What records, lists, objects and elements of an input share: userdata over the encoded bytes.
#ifndef REVISIT_RECORDS_H
#define REVISIT_RECORDS_H

#include "machine.h"

typedef struct { const uint8_t *base; size_t offset; uint32_t parts; } rv_handle;

static inline uint32_t rv_u32(const uint8_t *p) { uint32_t v; memcpy(&v, p, 4); return v; }
static inline uint16_t rv_u16(const uint8_t *p) { uint16_t v; memcpy(&v, p, 2); return v; }

// A string of the input: its length, and its bytes behind it.
static inline uint32_t rv_text_length(const uint8_t *base, uint32_t offset) { return offset ? rv_u32(base + offset + 1) : 0; }
static inline const char *rv_text(const uint8_t *base, uint32_t offset) { return (const char *)base + offset + 5; }

static inline int rv_is_text(const uint8_t *base, uint32_t offset, const char *text, size_t length) {
    return rv_text_length(base, offset) == length && memcmp(rv_text(base, offset), text, length) == 0;
}

// NULL when the value is no part of an input.
rv_handle *rv_handle_at(lua_State *L, int index);
// Pushes a part of the one at stack index 1, the same userdata each time it is asked for. The slots count from 1.
void rv_push_part(lua_State *L, rv_handle *h, size_t offset, lua_Integer slot);
// Fills a metatable with what all of them have.
void rv_common_metamethods(lua_State *L);

// trees.c
void rv_open_trees(lua_State *L);
// Pushes the metatable of objects or elements.
void rv_push_tree_metatable(lua_State *L, uint8_t tag);
// The next pair of an object, for pairs; the place to go on from is given back in it.
int rv_next_of_object(lua_State *L, rv_handle *h, lua_Integer *place);

// Notes that a script read the value under a name.
static inline void rv_mark(rv_machine *m, const uint8_t *base, uint32_t name) {
    if (m->marking) ((uint8_t *)base)[name] |= RV_READ;  // the input is the host's own, and it asked for marks
}
void rv_note_missed(rv_machine *m, const char *name, size_t length);

#endif
