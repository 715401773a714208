#include <algorithm>
#include <map>

#include "codec/xml.h"

namespace tee::xml {

namespace {

using Bindings = std::map<std::string, std::string>;  // prefix -> URI; sorted, the default namespace first

void escape_text(std::string& out, std::string_view s) {
  for (char c : s) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '\r': out += "&#xD;"; break;
      default: out += c;
    }
}

void escape_attribute(std::string& out, std::string_view s) {
  for (char c : s) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '"': out += "&quot;"; break;
      case '\t': out += "&#x9;"; break;
      case '\n': out += "&#xA;"; break;
      case '\r': out += "&#xD;"; break;
      default: out += c;
    }
}

std::string qualified(const std::string& prefix, const std::string& local) {
  return prefix.empty() ? local : prefix + ":" + local;
}

class Writer {
 public:
  explicit Writer(const Node* omit) : omit_(omit) {}

  // `printed` are the declarations in effect in the output so far, `in_scope` those in the document at this element.
  void element(const Node& e, const Bindings& printed, Bindings in_scope) {
    for (const auto& [prefix, uri] : e.declared) in_scope[prefix] = uri;
    Bindings now_printed = printed;
    const std::string name = qualified(e.prefix, e.local);
    out_ += '<';
    out_ += name;
    for (const auto& [prefix, uri] : in_scope) {
      const auto it = printed.find(prefix);
      // An empty default namespace is printed only to undo a printed one (section 4.6 of Canonical XML 1.0).
      const bool in_effect = it != printed.end() ? it->second == uri : (prefix.empty() && uri.empty());
      if (in_effect) continue;
      out_ += prefix.empty() ? " xmlns=\"" : " xmlns:" + prefix + "=\"";
      escape_attribute(out_, uri);
      out_ += '"';
      now_printed[prefix] = uri;
    }
    std::vector<const Attribute*> sorted;
    for (const Attribute& a : e.attributes) sorted.push_back(&a);
    std::sort(sorted.begin(), sorted.end(), [](const Attribute* a, const Attribute* b) {
      return std::pair(a->uri, a->local) < std::pair(b->uri, b->local);
    });
    for (const Attribute* a : sorted) {
      out_ += ' ';
      out_ += qualified(a->prefix, a->local);
      out_ += "=\"";
      escape_attribute(out_, a->value);
      out_ += '"';
    }
    out_ += '>';
    for (const Node& child : e.children) {
      if (&child == omit_) continue;
      if (child.kind == Node::Kind::text) escape_text(out_, child.text);
      else element(child, now_printed, in_scope);
    }
    out_ += "</";
    out_ += name;
    out_ += '>';
  }

  std::string take() && { return std::move(out_); }

 private:
  const Node* omit_;
  std::string out_;
};

// Namespaces in scope at `apex`, from the root down to its parent. False when apex is not below `node`.
bool scope_at(const Node& node, const Node& apex, Bindings& scope) {
  if (&node == &apex) return true;
  Bindings here = scope;
  for (const auto& [prefix, uri] : node.declared) here[prefix] = uri;
  for (const Node& child : node.children) {
    if (child.kind != Node::Kind::element) continue;
    Bindings below = here;
    if (scope_at(child, apex, below)) {
      scope = std::move(below);
      return true;
    }
  }
  return false;
}

}  // namespace

std::string canonical(const Node& root, const Node* omit) {
  Writer w(omit);
  w.element(root, {}, {});
  return std::move(w).take();
}

std::string canonical_subset(const Node& root, const Node& apex) {
  Bindings scope;
  if (!scope_at(root, apex, scope)) return {};
  Writer w(nullptr);
  w.element(apex, {}, scope);
  return std::move(w).take();
}

}  // namespace tee::xml
