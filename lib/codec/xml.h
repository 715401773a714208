// A deliberately small XML reader and canonicaliser, for signed reference manifests (RIMs). Floor F1.
//
// Read: elements, attributes, namespaces, text, the five predefined entities, an XML declaration. Refused: DOCTYPE, comments,
// processing instructions, CDATA, any other entity or character reference, attributes of the xml: prefix, duplicate attributes,
// undeclared prefixes, text outside the root, nesting over 16, more than 1 MiB. So nothing can expand, and nothing is hidden
// from the canonical form.
// Canonical form: Canonical XML 1.1 (W3C, 2008) without comments, which for this subset equals Canonical XML 1.0.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"

namespace tee::xml {

struct Attribute {
  std::string prefix, local, uri, value;  // an attribute without prefix has no namespace
};

struct Node {
  enum class Kind { element, text } kind = Kind::text;
  std::string text;                                          // text nodes: after entity expansion
  std::string prefix, local, uri;                            // elements
  std::vector<std::pair<std::string, std::string>> declared;  // namespace declarations on this element: prefix, URI
  std::vector<Attribute> attributes;
  std::vector<Node> children;

  bool is(std::string_view namespace_uri, std::string_view name) const {
    return kind == Kind::element && uri == namespace_uri && local == name;
  }
  std::optional<std::string_view> attribute(std::string_view name, std::string_view namespace_uri = {}) const;
  const Node* child(std::string_view namespace_uri, std::string_view name) const;              // first
  std::vector<const Node*> children_named(std::string_view namespace_uri, std::string_view name) const;
  std::string inner_text() const;                                                              // own text nodes joined
};

inline constexpr std::size_t kMostBytes = 1u << 20, kMostDepth = 16;

// The root element. Line ends are normalised to LF first, as XML demands.
Result<Node> parse(std::string_view text);

// Canonical bytes of `root` without the subtree `omit` (enveloped signature); omit may be null.
std::string canonical(const Node& root, const Node* omit = nullptr);
// Canonical bytes of `apex`, a descendant of `root`, as a document subset: it carries the namespaces in scope there.
std::string canonical_subset(const Node& root, const Node& apex);

}  // namespace tee::xml
