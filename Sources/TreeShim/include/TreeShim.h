// Parses one record, a JSON value or an XML element, into a flat tree: its parts one after another, each with the place where
// its own parts end. The parsers are simdjson and expat; nothing of theirs is seen outside.
#ifndef REVISIT_TREE_SHIM_H
#define REVISIT_TREE_SHIM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tree_parser tree_parser;

enum {
    TREE_NULL, TREE_FALSE, TREE_TRUE, TREE_INTEGER, TREE_DOUBLE, TREE_TEXT,
    TREE_LIST, TREE_OBJECT,           // JSON; the parts of an object have names
    TREE_ELEMENT, TREE_ATTRIBUTE,     // XML; an element's attributes come before its elements
};

// Names and texts are ranges of the parser's bytes: UTF-8, names of XML without their prefix.
typedef struct {
    uint8_t kind;
    uint32_t name, name_length;
    uint32_t text, text_length;       // of an element: its own text, without blanks around it
    uint32_t end;                     // the place after the last of its parts; its own place + 1 when it has none
    union { int64_t integer; double number; } value;
} tree_part;

// NULL when there is no memory.
tree_parser *tree_parser_new(void);
void tree_parser_free(tree_parser *parser);

// Give 0, or -1 when the text is not well-formed: then tree_error says why, and at which byte.
int tree_parse_json(tree_parser *parser, const uint8_t *text, size_t length);
int tree_parse_xml(tree_parser *parser, const uint8_t *text, size_t length);

// What was parsed last; valid until the next text is.
const tree_part *tree_parts(const tree_parser *parser, size_t *count);
const uint8_t *tree_bytes(const tree_parser *parser);
const char *tree_error(const tree_parser *parser, size_t *offset);

#ifdef __cplusplus
}
#endif
#endif
