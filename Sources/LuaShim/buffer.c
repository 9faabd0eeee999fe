#include <stdlib.h>

#include "machine.h"

void rv_make_room(rv_machine *m, rv_buffer *b, size_t length) {
    if (b->length + length > m->limits.output_bytes + 4096) rv_kill(m, RV_LIMIT_OUTPUT);
    if (b->length + length > b->capacity) {
        size_t capacity = b->capacity ? b->capacity : 1024;
        while (capacity < b->length + length) capacity *= 2;
        uint8_t *grown = realloc(b->bytes, capacity);
        if (!grown) rv_kill(m, RV_LIMIT_OUTPUT);
        b->bytes = grown;
        b->capacity = capacity;
    }
}
