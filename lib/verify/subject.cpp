#include "verify/subject.h"

#include "base/encoding.h"
#include "base/env.h"
#include "codec/jwt.h"
#include "evidence/codes.h"
#include "verify/forms.h"
#include "verify/registry.h"
#include "verify/shape.h"

namespace tee::verify {

namespace {

constexpr std::string_view kSpace = " \t\r\n";
constexpr std::size_t kSnpReport = 1184;

std::string_view trimmed(std::string_view s) {
  const std::size_t begin = s.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return s.substr(begin, s.find_last_not_of(kSpace) - begin + 1);
}

// Hex with or without 0x, lines broken anywhere; nullopt when it is something else.
std::optional<Bytes> decode_hex(std::string_view text) {
  if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
  std::string digits;
  digits.reserve(text.size());
  for (char c : text)
    if (kSpace.find(c) == std::string_view::npos) digits += c;
  if (!is_hex(digits)) return std::nullopt;
  Result<Bytes> bytes = from_hex(digits);
  return bytes ? std::optional(*std::move(bytes)) : std::nullopt;
}

struct TextLayer {
  std::string name;
  Bytes inside;
};

// The whole input as hex, base64 or a JSON list of bytes. Hex digits are also base64 letters: they are read
// as hex, always.
std::optional<TextLayer> take_text_layer(ByteView bytes) {
  const std::string_view text = trimmed(as_text(bytes));
  if (text.empty()) return std::nullopt;
  if (text.starts_with('[')) {
    const Result<Json> list = json::parse(text);
    std::optional<Bytes> inside = list && !list->empty() ? byte_array(*list) : std::nullopt;
    if (!inside) return std::nullopt;
    return TextLayer{"byte-array", *std::move(inside)};
  }
  if (std::optional<Bytes> inside = decode_hex(text)) return TextLayer{"hex", *std::move(inside)};
  if (Result<Bytes> inside = from_base64_lenient(text); inside && !inside->empty())
    return TextLayer{"base64", *std::move(inside)};
  return std::nullopt;
}

// The rooms that say that the bytes are theirs.
std::vector<const Verifier*> claimants(ByteView bytes) {
  std::vector<const Verifier*> out;
  for (const Verifier& v : verifiers())
    if (v.recognise(bytes)) out.push_back(&v);
  return out;
}

bool is_json_object(ByteView bytes) { return trimmed(as_text(bytes)).starts_with('{'); }

class Recogniser {
 public:
  Recogniser(Subject& subject, Level level) : s_(subject), level_(level) {}

  void run() {
    if (s_.input.size() > kMaxInput)
      return refuse(Error(code::evidence_too_large, "the input is larger than 8 MiB"));
    if (trimmed(as_text(s_.input)).empty()) return refuse(why_no_evidence({}));
    if (take(s_.input, raw_form(s_.input)) || take_json(s_.input)) return;
    if (const auto layer = take_text_layer(s_.input)) return take_layer(*layer);
    s_.evidence = s_.input;
    give_up(s_.input);
  }

  // `text` is one JSON object; used for parts.
  void run_object(std::string_view text) {
    const bool object = take_json(as_bytes(text));
    if (!object || s_.error_object)
      refuse(Error(code::input_malformed, "a part is no tee.evidence/1 envelope"));
  }

 private:
  static std::string raw_form(ByteView bytes) {
    if (jwt::looks_compact(bytes)) return "jwt";
    const std::string_view text = trimmed(as_text(bytes));
    return text.starts_with('{') || text.starts_with('[') ? "json" : "raw";
  }

  void refuse(Error error) { s_.malformed = std::move(error); }

  void give_up(ByteView bytes) {
    s_.absent_provider = absent_provider(bytes);
    if (!s_.absent_provider) refuse(why_no_evidence(bytes));
  }

  // Offers the bytes to every room. False when none claims them.
  bool take(ByteView bytes, std::string form) {
    const std::vector<const Verifier*> rooms = claimants(bytes);
    if (rooms.empty()) return false;
    s_.form = std::move(form);
    s_.evidence = to_bytes(bytes);
    if (rooms.size() > 1) {
      refuse(Error(code::evidence_ambiguous, "the bytes can be read as " +
                                                 std::string(to_string(rooms[0]->type)) + " and as " +
                                                 std::string(to_string(rooms[1]->type))));
      return true;
    }
    s_.type = rooms.front()->type;
    take_certificate_table();
    return true;
  }

  // An SNP report may be followed by the host's certificate table. A broken one is the room's to report.
  void take_certificate_table() {
    if (s_.type != EvidenceType::sev_snp_report || s_.evidence.size() <= kSnpReport) return;
    const ByteView table = ByteView(s_.evidence).subspan(kSnpReport);
    Result<CollateralSet> set = read_certificate_table(table, "evidence", Origin::embedded);
    if (!set) return;
    if (set->certificates.size() > kMostEmbeddedCertificates)
      return refuse(Error(code::input_malformed, "the certificate table holds more than 64 certificates"));
    s_.embedded.merge(*std::move(set));
  }

  // A JSON object is unwrapped; what is inside is offered to the rooms. False when the bytes are no JSON
  // object.
  bool take_json(ByteView bytes) {
    if (!is_json_object(bytes)) return false;
    const std::string layer = s_.form == "unknown" ? "" : s_.form + "+";
    const std::string_view text = trimmed(as_text(bytes));
    const Result<json::Located> object = json::parse_located(text, 1, kFormLimits);
    if (!object) {
      refuse(Error(code::input_malformed, "JSON: " + object.error().message));
      return true;
    }
    if (json::text_of(object->value, "schema") == "tee.error/1") {
      s_.error_object = object->value;
      return true;
    }
    if ((s_.absent_provider = absent_provider(as_bytes(text)))) {
      s_.form = layer + "json";
      return true;
    }
    s_.form = "json";
    const Result<Unwrapped> inside = unwrap_object(text, *object, level_, s_);
    s_.form = layer + s_.form;
    if (!inside) {
      refuse(inside.error());
      return true;
    }
    const Bytes evidence = s_.evidence;
    if (!take(evidence, s_.form)) give_up(evidence);
    if (inside->declared) compare(*inside->declared);
    return true;
  }

  // Exactly one layer: text in text is refused, whatever is inside.
  void take_layer(const TextLayer& layer) {
    s_.form = layer.name;
    if (take(layer.inside, layer.name) || take_json(layer.inside)) return;
    s_.evidence = layer.inside;
    if (const auto second = take_text_layer(layer.inside);
        second && (!claimants(second->inside).empty() || is_json_object(second->inside) ||
                   absent_provider(second->inside)))
      return refuse(Error(code::evidence_ambiguous,
                          second->name + " inside " + layer.name + ": one text layer is allowed"));
    give_up(layer.inside);
  }

  // What the wrapping declares must be what the bytes are (S20).
  void compare(const Declared& declared) {
    const Verifier* room = s_.type ? verifier_for(*s_.type) : nullptr;
    const std::optional<Provider> provider = room ? provider_of(*room) : s_.absent_provider;
    if (s_.malformed || (!room && !provider)) return;
    const bool same = (!declared.provider || !provider || declared.provider == provider) &&
                      (!declared.type || !s_.type || declared.type == s_.type);
    if (same) return;
    s_.absent_provider.reset();
    refuse(Error(code::evidence_type_mismatch,
                 "declared as " + declared.words + ", but the bytes are " +
                     std::string(s_.type ? to_string(*s_.type) : to_string(*provider))));
  }

  Subject& s_;
  const Level level_;
};

}  // namespace

Subject recognise(Bytes input, std::string name) {
  Subject out;
  out.name = std::move(name);
  out.input = std::move(input);
  out.form = "unknown";
  Recogniser(out, Level::primary).run();
  return out;
}

Subject recognise_part(std::string_view text, std::string name) {
  Subject out;
  out.name = std::move(name);
  out.input = to_bytes(as_bytes(text));
  out.form = "unknown";
  Recogniser(out, Level::part).run_object(text);
  return out;
}

}  // namespace tee::verify
