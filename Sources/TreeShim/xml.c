#define _GNU_SOURCE                  // memmem
#include <expat.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "tree.h"

typedef struct {
    XML_Parser parser;
    tree_parser *tree;
    uint32_t open[TREE_DEPTH_MOST];   // the places of the open elements, and where the text of each begins
    size_t starts[TREE_DEPTH_MOST];
    size_t depth;
    // The text of the open elements: that of an element inside is gone before its parent's goes on.
    uint8_t *text;
    size_t text_count, text_capacity;
    // The record with references that XML doesn't know spelt so that it does.
    uint8_t *mended;
    size_t mended_count, mended_capacity;
} xml_parser;

static int grow(uint8_t **bytes, size_t *capacity, size_t wanted) {
    if (wanted <= *capacity) return 1;
    size_t larger = *capacity ? *capacity : 4096;
    while (larger < wanted) larger *= 2;
    uint8_t *grown = realloc(*bytes, larger);
    if (!grown) return 0;
    *bytes = grown;
    *capacity = larger;
    return 1;
}

// MARK: References

// The names that HTML gives to U+00A0 to U+00FF, in order, and to some beyond.
static const char *const latin[] = {
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo", "not", "shy", "reg", "macr",
    "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot", "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34",
    "iquest", "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave",
    "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute",
    "Ucirc", "Uuml", "Yacute", "THORN", "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil", "egrave",
    "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml",
    "divide", "oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
};
static const struct { const char *name; unsigned scalar; } others[] = {
    {"OElig", 0x152}, {"oelig", 0x153}, {"Scaron", 0x160}, {"scaron", 0x161}, {"ndash", 0x2013}, {"mdash", 0x2014}, {"lsquo", 0x2018},
    {"rsquo", 0x2019}, {"sbquo", 0x201A}, {"ldquo", 0x201C}, {"rdquo", 0x201D}, {"bdquo", 0x201E}, {"bull", 0x2022}, {"hellip", 0x2026},
    {"prime", 0x2032}, {"Prime", 0x2033}, {"euro", 0x20AC}, {"trade", 0x2122}, {"ensp", 0x2002}, {"emsp", 0x2003}, {"thinsp", 0x2009},
};

static int is_name(uint8_t byte) { return (unsigned)(byte | 32) - 'a' < 26 || (unsigned)byte - '0' < 10; }

static int is_called(const uint8_t *name, size_t length, const char *wanted) {
    return strlen(wanted) == length && !memcmp(name, wanted, length);
}

// The length of the name after an ampersand when a semicolon ends it; else 0.
static size_t name_length(const uint8_t *at, const uint8_t *end) {
    size_t length = 0;
    while (at + length < end && length < 16 && (is_name(at[length]) || (length == 0 && *at == '#'))) length++;
    return at + length < end && at[length] == ';' ? length : 0;
}

static int is_known(const uint8_t *name, size_t length) {
    if (!length) return 0;
    return *name == '#' || is_called(name, length, "amp") || is_called(name, length, "lt") || is_called(name, length, "gt")
        || is_called(name, length, "quot") || is_called(name, length, "apos");
}

static unsigned scalar_called(const uint8_t *name, size_t length) {
    for (unsigned i = 0; i < sizeof latin / sizeof *latin; i++) {
        if (is_called(name, length, latin[i])) return 0xA0 + i;
    }
    for (unsigned i = 0; i < sizeof others / sizeof *others; i++) {
        if (is_called(name, length, others[i].name)) return others[i].scalar;
    }
    return 0;
}

static int needs_mending(const uint8_t *at, const uint8_t *end) {
    while ((at = memchr(at, '&', (size_t)(end - at)))) {
        at++;
        if (!is_known(at, name_length(at, end))) return 1;
    }
    return 0;
}

static int append(xml_parser *x, const void *bytes, size_t length) {
    if (!grow(&x->mended, &x->mended_capacity, x->mended_count + length)) return 0;
    memcpy(x->mended + x->mended_count, bytes, length);
    x->mended_count += length;
    return 1;
}

// Where a part whose ampersands are only ampersands ends, or `at` when none begins here.
static const uint8_t *after_literal(const uint8_t *at, const uint8_t *end) {
    static const struct { const char *open, *close; } literals[] = {{"<![CDATA[", "]]>"}, {"<!--", "-->"}, {"<?", "?>"}};
    for (size_t i = 0; i < 3; i++) {
        size_t open = strlen(literals[i].open), close = strlen(literals[i].close);
        if ((size_t)(end - at) < open || memcmp(at, literals[i].open, open)) continue;
        const uint8_t *found = memmem(at + open, (size_t)(end - at) - open, literals[i].close, close);
        return found ? found + close : end;
    }
    return at;
}

// Spells references to HTML's names as numbers, and an ampersand that begins no reference as one that does.
static int mend(xml_parser *x, const uint8_t *at, const uint8_t *end) {
    x->mended_count = 0;
    const uint8_t *from = at;
    for (; at < end; at++) {
        if (*at == '<') {
            const uint8_t *after = after_literal(at, end);
            if (after > at) at = after - 1;
        } else if (*at == '&') {
            size_t length = name_length(at + 1, end);
            if (is_known(at + 1, length)) continue;
            unsigned scalar = scalar_called(at + 1, length);
            char spelt[16];
            int count = scalar ? snprintf(spelt, sizeof spelt, "&#%u;", scalar) : snprintf(spelt, sizeof spelt, "&amp;");
            if (!append(x, from, (size_t)(at - from)) || !append(x, spelt, (size_t)count)) return 0;
            if (scalar) at += length + 1;
            from = at + 1;
        }
    }
    return append(x, from, (size_t)(end - from));
}

// MARK: What expat tells

static void stop(xml_parser *x, const char *why) {
    if (why) tree_fail(x->tree, why, (size_t)XML_GetCurrentByteIndex(x->parser));
    XML_StopParser(x->parser, XML_FALSE);
}

static int put_name(tree_parser *p, uint32_t place, const char *name) {
    const char *colon = strrchr(name, ':');
    if (colon) name = colon + 1;
    size_t length = strlen(name);
    uint32_t start = tree_put(p, name, length);
    p->parts[place].name = start;
    p->parts[place].name_length = (uint32_t)length;
    return start != UINT32_MAX;
}

static int put_text(tree_parser *p, uint32_t place, const void *text, size_t length) {
    uint32_t start = tree_put(p, text, length);
    p->parts[place].text = start;
    p->parts[place].text_length = (uint32_t)length;
    return start != UINT32_MAX;
}

static void on_start(void *user, const XML_Char *name, const XML_Char **attributes) {
    xml_parser *x = user;
    tree_parser *p = x->tree;
    if (p->error[0]) return;
    if (x->depth == TREE_DEPTH_MOST) return stop(x, "is nested too deep");
    uint32_t place = (uint32_t)p->count;
    if (!tree_add(p, TREE_ELEMENT) || !put_name(p, place, name)) return stop(x, NULL);
    x->open[x->depth] = place;
    x->starts[x->depth++] = x->text_count;
    for (; *attributes; attributes += 2) {
        if (!strncmp(*attributes, "xmlns", 5) && (!(*attributes)[5] || (*attributes)[5] == ':')) continue;
        place = (uint32_t)p->count;
        if (!tree_add(p, TREE_ATTRIBUTE) || !put_name(p, place, attributes[0]) || !put_text(p, place, attributes[1], strlen(attributes[1]))) {
            return stop(x, NULL);
        }
    }
}

static int is_blank(uint8_t byte) { return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n'; }

static void on_text(void *user, const XML_Char *text, int length) {
    xml_parser *x = user;
    if (x->tree->error[0] || !x->depth) return;
    size_t count = (size_t)length;
    if (x->text_count == x->starts[x->depth - 1]) {
        while (count && is_blank((uint8_t)*text)) text++, count--;
    }
    if (!count) return;
    if (!grow(&x->text, &x->text_capacity, x->text_count + count)) return stop(x, "has more text than a record may have");
    memcpy(x->text + x->text_count, text, count);
    x->text_count += count;
}

static void on_end(void *user, const XML_Char *name) {
    (void)name;
    xml_parser *x = user;
    tree_parser *p = x->tree;
    if (p->error[0] || !x->depth) return;
    size_t start = x->starts[--x->depth], end = x->text_count;
    uint32_t place = x->open[x->depth];
    while (end > start && is_blank(x->text[end - 1])) end--;
    if (end > start && !put_text(p, place, x->text + start, end - start)) return stop(x, NULL);
    x->text_count = start;
    p->parts[place].end = (uint32_t)p->count;
}

// Where a document type is declared, entities can be, and with them text that grows without bound.
static void on_doctype(void *user, const XML_Char *name, const XML_Char *system, const XML_Char *public, int has_subset) {
    (void)name, (void)system, (void)public, (void)has_subset;
    stop(user, "declares a document type, which a record may not");
}

static const char *words(enum XML_Error code) {
    switch (code) {
    case XML_ERROR_NO_MEMORY: return "is longer than a record may be";
    case XML_ERROR_NO_ELEMENTS: return "ends before its last end tag";
    case XML_ERROR_UNCLOSED_TOKEN: return "ends inside a tag, a comment or a reference";
    case XML_ERROR_UNCLOSED_CDATA_SECTION: return "has a CDATA section that is not closed";
    case XML_ERROR_PARTIAL_CHAR: return "ends inside a character";
    case XML_ERROR_TAG_MISMATCH: return "has an end tag that doesn't match";
    case XML_ERROR_DUPLICATE_ATTRIBUTE: return "has an attribute twice in one tag";
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT: return "has something behind its last end tag";
    case XML_ERROR_BAD_CHAR_REF: return "has a reference to a character that XML doesn't allow";
    case XML_ERROR_MISPLACED_XML_PI: return "has an XML declaration inside";
    default: return "has a character that XML doesn't allow there, or bytes that are not text";
    }
}

// MARK: Parsing

static xml_parser *parser_of(tree_parser *p) {
    if (!p->xml) {
        xml_parser *x = calloc(1, sizeof *x);
        if (!x) return NULL;
        // The text is UTF-8 whatever the file was, so that a declaration of another encoding has no say.
        if (!(x->parser = XML_ParserCreate("UTF-8"))) {
            free(x);
            return NULL;
        }
        x->tree = p;
        p->xml = x;
    } else {
        XML_ParserReset(((xml_parser *)p->xml)->parser, "UTF-8");
    }
    return p->xml;
}

int tree_parse_xml(tree_parser *p, const uint8_t *text, size_t length) {
    tree_begin(p);
    if (!length) return tree_fail(p, "is empty", 0);
    xml_parser *x = parser_of(p);
    if (!x || length > INT_MAX / 8) return tree_fail(p, words(XML_ERROR_NO_MEMORY), 0);
    x->depth = x->text_count = 0;
    if (needs_mending(text, text + length)) {
        if (!mend(x, text, text + length)) return tree_fail(p, words(XML_ERROR_NO_MEMORY), 0);
        text = x->mended;
        length = x->mended_count;
    }
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, on_start, on_end);
    XML_SetCharacterDataHandler(x->parser, on_text);
    XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
    if (XML_Parse(x->parser, (const char *)text, (int)length, 1) == XML_STATUS_OK && !p->error[0]) return 0;
    if (!p->error[0]) {
        char why[sizeof p->error];
        snprintf(why, sizeof why, "%s (line %lu of it)", words(XML_GetErrorCode(x->parser)), (unsigned long)XML_GetCurrentLineNumber(x->parser));
        tree_fail(p, why, (size_t)XML_GetCurrentByteIndex(x->parser));
    }
    return -1;
}

void tree_xml_free(void *xml) {
    xml_parser *x = xml;
    XML_ParserFree(x->parser);
    free(x->text);
    free(x->mended);
    free(x);
}
