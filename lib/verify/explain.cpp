#include "verify/explain.h"

#include "base/exit.h"

namespace tee::verify {

namespace {

std::string_view effect(Category c) {
  switch (c) {
    case Category::subject: return "The verdict is fail (status 1).";
    case Category::usage: return "The command line is wrong (status 2).";
    case Category::operator_input: return "A file of yours cannot be used (status 3).";
    case Category::inconclusive: return "The verdict is inconclusive at best (status 4).";
    case Category::platform: return "This build or machine cannot do it (status 5).";
    case Category::internal: return "A bug of tee-tools (status 70).";
    case Category::note: return "A remark; it decides nothing.";
  }
  return "";
}

void fill(std::string& out, std::string_view text) {
  constexpr std::size_t kWidth = 78;
  std::size_t at = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (at > 0 && at + 1 + end > kWidth) {
      out += "\n";
      at = 0;
    }
    out += at == 0 ? "  " : " ";
    out += text.substr(0, end);
    at += end + (at == 0 ? 2 : 1);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  out += "\n";
}

std::string_view kind_word(ClaimKind k) {
  switch (k) {
    case ClaimKind::bytes: return "bytes";
    case ClaimKind::integer: return "integer";
    case ClaimKind::boolean: return "boolean";
    case ClaimKind::text: return "text";
    case ClaimKind::json: return "json";
  }
  return "json";
}

}  // namespace

Json code_json(const Code& code) {
  return {{"schema", "tee.explanation/1"},
          {"code", code.name},
          {"category", to_string(code.category)},
          {"exit", static_cast<int>(exit_for(code.category))},
          {"title", code.title},
          {"explain", code.explain}};
}

Json claim_json(const ClaimRow& claim) {
  return {{"schema", "tee.claim/1"},
          {"type", to_string(claim.type)},
          {"name", claim.name},
          {"kind", kind_word(claim.kind)},
          {"bytes", claim.size ? Json(claim.size) : Json(nullptr)},
          {"identity", claim.identity},
          {"what", claim.what}};
}

std::string code_text(const Code& code) {
  std::string out = std::string(code.name) + ": " + std::string(code.title) + "\n";
  fill(out, code.explain);
  fill(out, effect(code.category));
  return out;
}

std::string claim_text(const ClaimRow& claim) {
  std::string out = std::string(to_string(claim.type));
  out.resize(std::max<std::size_t>(out.size() + 1, 24), ' ');
  out += claim.name;
  out.resize(std::max<std::size_t>(out.size() + 1, 46), ' ');
  out += kind_word(claim.kind);
  if (claim.size) out += " " + std::to_string(claim.size);
  if (claim.identity) out += "  identifies a workload";
  return out + "\n";
}

}  // namespace tee::verify
