// What the two parsers share. Not seen by Swift.
#ifndef REVISIT_TREE_H
#define REVISIT_TREE_H

#include <string.h>

#include "TreeShim.h"

#define TREE_DEPTH_MOST 100
#define TREE_PARTS_MOST 1000000

#ifdef __cplusplus
extern "C" {
#endif

struct tree_parser {
    tree_part *parts;
    size_t count, capacity;
    uint8_t *bytes;
    size_t byte_count, byte_capacity;
    char error[160];
    size_t error_offset;
    void *json, *xml;                 // each parser's own, kept for the next text
};

// A new part at the end, or NULL when there are too many or there is no memory: then the error is set.
tree_part *tree_add(tree_parser *parser, int kind);
// Appends bytes and gives where they begin, or UINT32_MAX.
uint32_t tree_put(tree_parser *parser, const void *bytes, size_t length);
int tree_fail(tree_parser *parser, const char *why, size_t offset);
void tree_begin(tree_parser *parser);

void tree_json_free(void *json);
void tree_xml_free(void *xml);

#ifdef __cplusplus
}
#endif
#endif
