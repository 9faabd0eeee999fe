#include <cstdlib>
#include <new>
#include <simdjson.h>

#include "tree.h"

using namespace simdjson;

namespace {

struct json_parser {
    dom::parser parser;
    uint8_t *padded = nullptr;
    size_t capacity = 0;

    ~json_parser() { std::free(padded); }
};

bool put_text(tree_parser *p, size_t place, std::string_view text) {
    uint32_t start = tree_put(p, text.data(), text.size());
    if (start == UINT32_MAX) return false;
    p->parts[place].text = start;
    p->parts[place].text_length = static_cast<uint32_t>(text.size());
    return true;
}

bool put_name(tree_parser *p, size_t place, std::string_view name) {
    uint32_t start = tree_put(p, name.data(), name.size());
    if (start == UINT32_MAX) return false;
    p->parts[place].name = start;
    p->parts[place].name_length = static_cast<uint32_t>(name.size());
    return true;
}

// Adds a value and all of its parts. The place of the value is p->count before.
bool add(tree_parser *p, dom::element value, std::string_view name) {
    size_t place = p->count;
    tree_part *part = tree_add(p, TREE_NULL);
    if (!part || !put_name(p, place, name)) return false;
    switch (value.type()) {
    case dom::element_type::NULL_VALUE: break;
    case dom::element_type::BOOL: part->kind = bool(value) ? TREE_TRUE : TREE_FALSE; break;
    case dom::element_type::INT64:
        part->kind = TREE_INTEGER;
        part->value.integer = int64_t(value);
        break;
    case dom::element_type::UINT64:   // larger than any signed one
    case dom::element_type::DOUBLE:
        part->kind = TREE_DOUBLE;
        part->value.number = double(value);
        break;
    case dom::element_type::STRING:
        part->kind = TREE_TEXT;
        if (!put_text(p, place, std::string_view(value))) return false;
        break;
    case dom::element_type::ARRAY:
        part->kind = TREE_LIST;
        for (dom::element child : dom::array(value)) {
            if (!add(p, child, {})) return false;
        }
        break;
    case dom::element_type::OBJECT:
        part->kind = TREE_OBJECT;
        for (dom::key_value_pair pair : dom::object(value)) {
            if (!add(p, pair.value, pair.key)) return false;
        }
        break;
    }
    p->parts[place].end = static_cast<uint32_t>(p->count);
    return true;
}

const char *words(error_code code) {
    switch (code) {
    case UTF8_ERROR: return "has bytes that are not UTF-8 text";
    case STRING_ERROR: return "has a text that is not written as JSON writes it";
    case NUMBER_ERROR: return "has a number that is not written as JSON writes it, or too large a one";
    case UNCLOSED_STRING: return "has a text whose quote is not closed";
    case UNESCAPED_CHARS: return "has a line end or control character inside a text";
    case DEPTH_ERROR: return "is nested too deep";
    case T_ATOM_ERROR: case F_ATOM_ERROR: case N_ATOM_ERROR: return "has a word other than true, false and null";
    case EMPTY: return "is empty";
    case CAPACITY: case MEMALLOC: return "is longer than a record may be";
    default: return "is not well-formed JSON (a comma, colon, quote or bracket is missing or too many)";
    }
}

}  // namespace

extern "C" int tree_parse_json(tree_parser *p, const uint8_t *text, size_t length) {
    tree_begin(p);
    try {
        if (!p->json) p->json = new json_parser;
        auto *json = static_cast<json_parser *>(p->json);
        if (length + SIMDJSON_PADDING > json->capacity) {
            size_t capacity = (length + SIMDJSON_PADDING) * 2;
            auto *grown = static_cast<uint8_t *>(std::realloc(json->padded, capacity));
            if (!grown) return tree_fail(p, words(MEMALLOC), 0);
            json->padded = grown;
            json->capacity = capacity;
        }
        std::memcpy(json->padded, text, length);
        std::memset(json->padded + length, 0, SIMDJSON_PADDING);
        if (length + SIMDJSON_PADDING > json->parser.capacity() || json->parser.max_depth() != TREE_DEPTH_MOST) {
            error_code code = json->parser.allocate(length * 2 + SIMDJSON_PADDING, TREE_DEPTH_MOST);
            if (code) return tree_fail(p, words(code), 0);
        }
        dom::element root;
        error_code code = json->parser.parse(json->padded, length, false).get(root);
        if (code) return tree_fail(p, words(code), 0);
        return add(p, root, {}) ? 0 : -1;
    } catch (const std::bad_alloc &) {
        return tree_fail(p, words(MEMALLOC), 0);
    } catch (const simdjson_error &error) {
        return tree_fail(p, words(error.error()), 0);
    }
}

extern "C" void tree_json_free(void *json) { delete static_cast<json_parser *>(json); }
