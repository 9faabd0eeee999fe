#include "tree.h"

#include <stdio.h>
#include <stdlib.h>

tree_parser *tree_parser_new(void) { return calloc(1, sizeof(tree_parser)); }

void tree_parser_free(tree_parser *p) {
    if (p->json) tree_json_free(p->json);
    if (p->xml) tree_xml_free(p->xml);
    free(p->parts);
    free(p->bytes);
    free(p);
}

void tree_begin(tree_parser *p) {
    p->count = p->byte_count = 0;
    p->error[0] = 0;
    p->error_offset = 0;
}

int tree_fail(tree_parser *p, const char *why, size_t offset) {
    if (p->error[0]) return -1;       // the first reason is the one that helps
    snprintf(p->error, sizeof p->error, "%s", why);
    p->error_offset = offset;
    return -1;
}

tree_part *tree_add(tree_parser *p, int kind) {
    if (p->count == p->capacity) {
        size_t capacity = p->capacity ? p->capacity * 2 : 128;
        tree_part *parts = capacity > TREE_PARTS_MOST * 2 ? NULL : realloc(p->parts, capacity * sizeof *parts);
        if (!parts) {
            tree_fail(p, "has more parts than a record may have", 0);
            return NULL;
        }
        p->parts = parts;
        p->capacity = capacity;
    }
    tree_part *part = &p->parts[p->count++];
    memset(part, 0, sizeof *part);
    part->kind = (uint8_t)kind;
    part->end = (uint32_t)p->count;
    return part;
}

uint32_t tree_put(tree_parser *p, const void *bytes, size_t length) {
    if (p->byte_count + length > p->byte_capacity) {
        size_t capacity = p->byte_capacity ? p->byte_capacity : 4096;
        while (capacity < p->byte_count + length) capacity *= 2;
        uint8_t *grown = capacity > UINT32_MAX ? NULL : realloc(p->bytes, capacity);
        if (!grown) {
            tree_fail(p, "has more text than a record may have", 0);
            return UINT32_MAX;
        }
        p->bytes = grown;
        p->byte_capacity = capacity;
    }
    uint32_t start = (uint32_t)p->byte_count;
    if (length) memcpy(p->bytes + start, bytes, length);
    p->byte_count += length;
    return start;
}

const tree_part *tree_parts(const tree_parser *p, size_t *count) {
    *count = p->count;
    return p->parts;
}

const uint8_t *tree_bytes(const tree_parser *p) { return p->bytes; }

const char *tree_error(const tree_parser *p, size_t *offset) {
    *offset = p->error_offset;
    return p->error;
}
