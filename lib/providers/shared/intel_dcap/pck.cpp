#include "providers/shared/intel_dcap/pck.h"

#include <charconv>
#include <string>

#include "codec/der.h"
#include "providers/shared/intel_dcap/codes.h"

namespace tee::intel {

namespace {

constexpr std::uint64_t kMostSgxType = 2;

tl::unexpected<Error> bad(std::string what) {
  return fail(code::pck_extension, "SGX extension: " + std::move(what));
}

// One element of a list: the number behind the list's own OID, and the value.
struct Entry {
  unsigned number = 0;
  der::Element value;
};

Result<Entry> read_entry(der::Reader& list, std::string_view parent) {
  TEE_TRY(der::Reader pair, list.enter(der::kSequence));
  TEE_TRY(const der::Element oid, pair.expect(der::kOid));
  Entry out;
  TEE_TRY(out.value, pair.any());
  TEE_CHECK(pair.finish());
  TEE_TRY(const std::string text, der::oid_text(oid.content));
  if (!text.starts_with(parent) || text.size() < parent.size() + 2 || text[parent.size()] != '.')
    return bad("an element " + text + " that does not belong below " + std::string(parent));
  const char* const end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data() + parent.size() + 1, end, out.number);
  if (problem != std::errc() || stop != end) return bad("an unknown element " + text);
  return out;
}

// Marks which elements have been there.
class Seen {
 public:
  Seen(std::string_view parent, unsigned last) : parent_(parent), last_(last) {}

  Status mark(unsigned number) {
    if (number == 0 || number > last_) return bad("an unknown element " + name(number));
    if ((bits_ >> number & 1) != 0) return bad("element " + name(number) + " occurs twice");
    bits_ |= 1u << number;
    return {};
  }
  Status require(unsigned first, unsigned last) const {
    for (unsigned n = first; n <= last; ++n)
      if ((bits_ >> n & 1) == 0) return bad("element " + name(n) + " is missing");
    return {};
  }

 private:
  std::string name(unsigned number) const { return std::string(parent_) + "." + std::to_string(number); }

  std::string_view parent_;
  unsigned last_;
  std::uint32_t bits_ = 0;
};

Result<std::uint64_t> number(const der::Element& e, std::uint8_t tag, std::uint64_t most) {
  if (e.tag != tag) return bad("a number is expected where another type stands");
  TEE_TRY(const std::uint64_t value, der::unsigned_integer(e));
  if (value > most) return bad("the value " + std::to_string(value) + " is out of range");
  return value;
}

template <std::size_t N>
Result<std::array<std::uint8_t, N>> octets(const der::Element& e) {
  if (e.tag != der::kOctetString || e.content.size() != N)
    return bad("an octet string of " + std::to_string(N) + " bytes is expected");
  return Cursor(e.content).array<N>();
}

Result<der::Reader> list(const der::Element& e) {
  if (e.tag != der::kSequence) return bad("a sequence is expected");
  return der::Reader(e.content);
}

Status read_tcb(der::Reader entries, PckFields& to) {
  constexpr std::string_view kParent = "1.2.840.113741.1.13.1.2";
  Seen seen(kParent, 18);
  while (!entries.done()) {
    TEE_TRY(const Entry entry, read_entry(entries, kParent));
    TEE_CHECK(seen.mark(entry.number));
    if (entry.number <= 16) {
      TEE_TRY(const std::uint64_t svn, number(entry.value, der::kInteger, 0xff));
      to.components[entry.number - 1] = static_cast<std::uint8_t>(svn);
    } else if (entry.number == 17) {
      TEE_TRY(const std::uint64_t svn, number(entry.value, der::kInteger, 0xffff));
      to.pce_svn = static_cast<std::uint16_t>(svn);
    } else {
      TEE_TRY(to.cpu_svn, octets<16>(entry.value));
    }
  }
  return seen.require(1, 18);
}

Status read_configuration(der::Reader entries, PckConfiguration& to) {
  constexpr std::string_view kParent = "1.2.840.113741.1.13.1.7";
  Seen seen(kParent, 3);
  std::optional<bool>* const places[] = {&to.dynamic_platform, &to.cached_keys, &to.smt_enabled};
  while (!entries.done()) {
    TEE_TRY(const Entry entry, read_entry(entries, kParent));
    TEE_CHECK(seen.mark(entry.number));
    if (entry.value.tag != der::kBoolean) return bad("a boolean is expected in the configuration");
    TEE_TRY(*places[entry.number - 1], der::boolean(entry.value));
  }
  return {};
}

Status read_element(const Entry& entry, PckFields& to) {
  const der::Element& value = entry.value;
  switch (entry.number) {
    case 1: {
      TEE_TRY(to.ppid, octets<16>(value));
      return {};
    }
    case 2: {
      TEE_TRY(const der::Reader entries, list(value));
      return read_tcb(entries, to);
    }
    case 3: {
      TEE_TRY(to.pce_id, octets<2>(value));
      return {};
    }
    case 4: {
      TEE_TRY(to.fmspc, octets<6>(value));
      return {};
    }
    case 5: {
      TEE_TRY(to.sgx_type, number(value, der::kEnumerated, kMostSgxType));
      return {};
    }
    case 6: {
      TEE_TRY(to.platform_instance_id, octets<16>(value));
      return {};
    }
    default: {
      TEE_TRY(const der::Reader entries, list(value));
      to.configuration.emplace();
      return read_configuration(entries, *to.configuration);
    }
  }
}

Result<PckFields> parse(ByteView value) {
  der::Reader outer(value);
  TEE_TRY(der::Reader entries, outer.enter(der::kSequence));
  TEE_CHECK(outer.finish());
  PckFields out;
  Seen seen(kSgxExtensionOid, 7);
  while (!entries.done()) {
    TEE_TRY(const Entry entry, read_entry(entries, kSgxExtensionOid));
    TEE_CHECK(seen.mark(entry.number));
    TEE_CHECK(read_element(entry, out));
  }
  TEE_CHECK(seen.require(1, 5));
  return out;
}

}  // namespace

Result<PckFields> parse_pck_extension(ByteView value) {
  Result<PckFields> out = parse(value);
  // A fault of the encoding is a fault of the extension: one code for both.
  if (!out && out.error().code != &code::pck_extension) return bad(out.error().message);
  return out;
}

std::string_view sgx_type_text(std::uint64_t type) {
  constexpr std::string_view kNames[] = {"Standard", "Scalable", "ScalableWithIntegrity"};
  return type < std::size(kNames) ? kNames[type] : "?";
}

}  // namespace tee::intel
