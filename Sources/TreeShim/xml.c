#include "tree.h"

int tree_parse_xml(tree_parser *p, const uint8_t *text, size_t length) {
    (void)text;
    (void)length;
    tree_begin(p);
    return tree_fail(p, "can't be read yet", 0);
}

void tree_xml_free(void *xml) { (void)xml; }
