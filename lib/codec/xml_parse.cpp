#include <algorithm>

#include "base/encoding.h"
#include "codec/xml.h"

namespace tee::xml {

namespace {

auto malformed(std::string what) { return fail(code::input_malformed, "XML: " + std::move(what)); }

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n'; }
// ASCII names only: all that the manifests use.
bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name_char(char c) { return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; }

std::string normalise_line_ends(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out += text[i];
      continue;
    }
    out += '\n';
    if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
  }
  return out;
}

using Scope = std::vector<std::pair<std::string, std::string>>;  // innermost last

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<Node> document() {
    if (text_.starts_with("<?xml")) {
      const std::size_t end = text_.find("?>");
      if (end == std::string_view::npos || end > 200) return malformed("the XML declaration does not end");
      pos_ = end + 2;
    }
    skip_space();
    TEE_TRY(Node root, element(1));
    skip_space();
    if (pos_ != text_.size()) return malformed("something follows the root element");
    return root;
  }

 private:
  bool done() const { return pos_ >= text_.size(); }
  char peek() const { return done() ? '\0' : text_[pos_]; }
  bool accept(std::string_view s) {
    if (!text_.substr(pos_).starts_with(s)) return false;
    pos_ += s.size();
    return true;
  }
  void skip_space() {
    while (!done() && is_space(peek())) ++pos_;
  }

  Result<std::pair<std::string, std::string>> qualified_name() {
    const auto part = [this]() -> std::string {
      const std::size_t begin = pos_;
      if (is_name_start(peek()))
        while (!done() && is_name_char(peek())) ++pos_;
      return std::string(text_.substr(begin, pos_ - begin));
    };
    std::string first = part();
    if (first.empty()) return malformed("a name was expected");
    if (!accept(":")) return std::pair{std::string(), std::move(first)};
    std::string second = part();
    if (second.empty()) return malformed("a name was expected behind ':'");
    return std::pair{std::move(first), std::move(second)};
  }

  Status entity(std::string& out) {
    constexpr std::pair<std::string_view, char> kEntities[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    for (const auto& [name, c] : kEntities)
      if (accept(name)) {
        out += c;
        return {};
      }
    return malformed("an entity or character reference that is not one of the five predefined");
  }

  Result<std::string> quoted() {
    const char quote = peek();
    if (quote != '"' && quote != '\'') return malformed("an attribute value without quotes");
    ++pos_;
    std::string out;
    while (!done() && peek() != quote) {
      const char c = peek();
      if (c == '<') return malformed("'<' inside an attribute value");
      if (c == '&') {
        TEE_CHECK(entity(out));
        continue;
      }
      out += is_space(c) ? ' ' : c;  // attribute-value normalisation, XML 1.0 section 3.3.3
      ++pos_;
    }
    if (done()) return malformed("an attribute value does not end");
    ++pos_;
    return out;
  }

  Status attribute(Node& e) {
    TEE_TRY(auto name, qualified_name());
    skip_space();
    if (!accept("=")) return malformed("an attribute without a value");
    skip_space();
    TEE_TRY(std::string value, quoted());
    const bool default_ns = name.first.empty() && name.second == "xmlns";
    if (default_ns || name.first == "xmlns") {
      const std::string prefix = default_ns ? "" : name.second;
      if (prefix == "xml" || prefix == "xmlns" || (value.empty() && !default_ns)) return malformed("a reserved namespace declaration");
      for (const auto& d : e.declared)
        if (d.first == prefix) return malformed("a namespace is declared twice on one element");
      e.declared.emplace_back(prefix, std::move(value));
      return {};
    }
    if (name.first == "xml") return malformed("an attribute of the xml: prefix");
    e.attributes.push_back({std::move(name.first), std::move(name.second), {}, std::move(value)});
    return {};
  }

  Result<std::string> resolve(const std::string& prefix) const {
    for (auto it = scope_.rbegin(); it != scope_.rend(); ++it)
      if (it->first == prefix) return it->second;
    if (prefix.empty()) return std::string();
    return malformed("a prefix that is not declared");
  }

  Status resolve_names(Node& e) {
    TEE_TRY(e.uri, resolve(e.prefix));
    for (Attribute& a : e.attributes)
      if (!a.prefix.empty()) {
        TEE_TRY(a.uri, resolve(a.prefix));
      }
    for (std::size_t i = 0; i < e.attributes.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (e.attributes[i].local == e.attributes[j].local && e.attributes[i].uri == e.attributes[j].uri)
          return malformed("an attribute occurs twice");
    return {};
  }

  Result<Node> element(std::size_t depth) {
    if (depth > kMostDepth) return malformed("elements are nested deeper than 16");
    if (!accept("<")) return malformed("an element was expected");
    if (peek() == '!' || peek() == '?') return malformed("a DOCTYPE, comment, CDATA section or processing instruction");
    Node e;
    e.kind = Node::Kind::element;
    TEE_TRY(auto name, qualified_name());
    e.prefix = name.first;
    e.local = name.second;
    for (;;) {
      const bool spaced = is_space(peek());
      skip_space();
      if (done() || peek() == '>' || peek() == '/') break;
      if (!spaced) return malformed("attributes are not separated by space");
      TEE_CHECK(attribute(e));
    }
    const std::size_t outer = scope_.size();
    scope_.insert(scope_.end(), e.declared.begin(), e.declared.end());
    TEE_CHECK(resolve_names(e));
    if (!accept("/>")) {
      if (!accept(">")) return malformed("a start tag does not end");
      TEE_CHECK(content(e, depth));
    }
    scope_.resize(outer);
    return e;
  }

  Status content(Node& e, std::size_t depth) {
    std::string text;
    const auto flush = [&] {
      if (text.empty()) return;
      Node t;
      t.text = std::move(text);
      e.children.push_back(std::move(t));
      text.clear();
    };
    for (;;) {
      if (done()) return malformed("an element does not end");
      if (accept("</")) break;
      if (peek() == '<') {
        flush();
        TEE_TRY(Node child, element(depth + 1));
        e.children.push_back(std::move(child));
      } else if (peek() == '&') {
        TEE_CHECK(entity(text));
      } else {
        if (accept("]]>")) return malformed("\"]]>\" inside text");
        text += text_[pos_++];
      }
    }
    flush();
    TEE_TRY(auto name, qualified_name());
    skip_space();
    if (name.first != e.prefix || name.second != e.local || !accept(">")) return malformed("an end tag does not match its start tag");
    return {};
  }

  std::string_view text_;
  std::size_t pos_ = 0;
  Scope scope_;
};

}  // namespace

std::optional<std::string_view> Node::attribute(std::string_view name, std::string_view namespace_uri) const {
  for (const Attribute& a : attributes)
    if (a.local == name && a.uri == namespace_uri) return a.value;
  return std::nullopt;
}

const Node* Node::child(std::string_view namespace_uri, std::string_view name) const {
  for (const Node& c : children)
    if (c.is(namespace_uri, name)) return &c;
  return nullptr;
}

std::vector<const Node*> Node::children_named(std::string_view namespace_uri, std::string_view name) const {
  std::vector<const Node*> out;
  for (const Node& c : children)
    if (c.is(namespace_uri, name)) out.push_back(&c);
  return out;
}

std::string Node::inner_text() const {
  std::string out;
  for (const Node& c : children)
    if (c.kind == Kind::text) out += c.text;
  return out;
}

Result<Node> parse(std::string_view text) {
  if (text.size() > kMostBytes) return malformed("the document is larger than 1 MiB");
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const auto forbidden = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; };
  if (std::any_of(text.begin(), text.end(), forbidden)) return malformed("a control character");
  if (!valid_utf8(text)) return malformed("the text is not UTF-8");
  const std::string normalised = normalise_line_ends(text);
  return Parser(normalised).document();
}

}  // namespace tee::xml
