// Distinguished names: their structure, and how they are shown.
#include "base/encoding.h"
#include "crypto/x509_extensions.h"

namespace tee::crypto {

namespace {

constexpr std::uint8_t kNumericString = 0x12;
constexpr std::size_t kMaxAttributes = 64;

struct ShortName {
  std::string_view oid, text;
};
constexpr ShortName kShortNames[] = {{"2.5.4.3", "CN"},
                                     {"2.5.4.6", "C"},
                                     {"2.5.4.7", "L"},
                                     {"2.5.4.8", "ST"},
                                     {"2.5.4.10", "O"},
                                     {"2.5.4.11", "OU"},
                                     {"2.5.4.5", "serialNumber"},
                                     {"1.2.840.113549.1.9.1", "emailAddress"}};

void append_utf8(std::string& to, unsigned c) {
  if (c < 0x80) {
    to += static_cast<char>(c);
  } else if (c < 0x800) {
    to += static_cast<char>(0xc0 | c >> 6);
    to += static_cast<char>(0x80 | (c & 0x3f));
  } else {
    to += static_cast<char>(0xe0 | c >> 12);
    to += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    to += static_cast<char>(0x80 | (c & 0x3f));
  }
}

// X.520 DirectoryString and the IA5String of older names, as UTF-8. T61 is read as Latin-1, as everybody
// does.
Result<std::string> string_value(const der::Element& e) {
  std::string out;
  switch (e.tag) {
    case der::kUtf8String:
      if (!valid_utf8(as_text(e.content))) break;
      return std::string(as_text(e.content));
    case der::kPrintableString:
    case der::kIa5String:
    case kNumericString:
    case der::kT61String:
      for (const std::uint8_t c : e.content) append_utf8(out, c);
      return out;
    case der::kBmpString: {
      if (e.content.size() % 2 != 0) break;
      Cursor in(e.content);
      bool surrogate = false;
      while (in.remaining() != 0) {
        const unsigned c = in.u16be();
        surrogate = surrogate || (c >= 0xd800 && c <= 0xdfff);
        append_utf8(out, c);
      }
      if (surrogate) break;
      return out;
    }
    default:
      break;
  }
  return fail(code::input_malformed, "a name holds a value that is no text");
}

struct Attribute {
  std::string oid, value;
  bool joined = false;  // belongs to the same RDN as the one before
};

Result<std::vector<Attribute>> attributes(ByteView whole) {
  std::vector<Attribute> out;
  der::Reader outer(whole);
  TEE_TRY(der::Reader rdns, outer.enter(der::kSequence));
  TEE_CHECK(outer.finish());
  while (!rdns.done()) {
    TEE_TRY(der::Reader rdn, rdns.enter(der::kSet));
    if (rdn.done()) return fail(code::input_malformed, "a name with an empty part");
    for (bool joined = false; !rdn.done(); joined = true) {
      TEE_TRY(der::Reader pair, rdn.enter(der::kSequence));
      TEE_TRY(const der::Element type, pair.expect(der::kOid));
      TEE_TRY(const der::Element value, pair.any());
      TEE_CHECK(pair.finish());
      Attribute attribute;
      TEE_TRY(attribute.oid, der::oid_text(type.content));
      TEE_TRY(attribute.value, string_value(value));
      attribute.joined = joined;
      if (out.size() == kMaxAttributes) return fail(code::input_malformed, "a name of more than 64 parts");
      out.push_back(std::move(attribute));
    }
  }
  return out;
}

}  // namespace

Status check_name(ByteView whole) {
  TEE_TRY(const std::vector<Attribute> ignored, attributes(whole));
  return {};
}

std::string Certificate::name_attribute(ByteView name, std::string_view oid) {
  const auto all = attributes(name);
  if (!all) return {};
  for (const Attribute& attribute : *all) {
    if (attribute.oid == oid) return attribute.value;
  }
  return {};
}

std::string Certificate::name_text(ByteView name) {
  const auto all = attributes(name);
  if (!all) return {};
  std::string out;
  for (const Attribute& attribute : *all) {
    if (!out.empty()) out += attribute.joined ? " + " : ", ";
    std::string_view label = attribute.oid;
    for (const ShortName& known : kShortNames) {
      if (known.oid == attribute.oid) label = known.text;
    }
    out += label;
    out += '=';
    out += printable(attribute.value);
  }
  return out;
}

}  // namespace tee::crypto
