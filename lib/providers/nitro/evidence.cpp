#include "providers/nitro/evidence.h"

#include "base/encoding.h"
#include "codec/cbor.h"
#include "providers/nitro/codes.h"

namespace tee::nitro {

namespace {

using cbor::Type;

constexpr std::size_t kMaxPayload = 16384;  // section 3.2.2.2
constexpr std::size_t kMaxCertificate = 1024, kMaxField = 1024;
constexpr std::size_t kMaxBundle = 7;  // with the leaf a chain of eight; AWS sends four
constexpr std::size_t kPcrBytes = 48;  // SHA-384
constexpr unsigned kMaxPcrs = 32;
constexpr std::uint64_t kLastMillisecond = 253402300799999;  // of the year 9999
// map > pcrs or cabundle; 32 PCRs and the bundle stay far below.
constexpr cbor::Limits kPayloadLimits{4, 256};

tl::unexpected<Error> bad(std::string_view field, std::string_view why) {
  return fail(code::document, std::string(field) + ": " + std::string(why));
}

std::string sizes(std::size_t least, std::size_t most, std::size_t found) {
  return std::to_string(least) + " to " + std::to_string(most) + " bytes expected, found " +
         std::to_string(found);
}

Result<const cbor::Item*> required(const cbor::Item& map, std::string_view field, Type type) {
  const cbor::Item* item = map.find(field);
  if (!item) return bad(field, "the field is missing");
  if (!item->is(type)) return bad(field, "of another type than the specification says");
  return item;
}

Result<Bytes> sized_bytes(const cbor::Item& item, std::string_view field, std::size_t least,
                          std::size_t most) {
  if (!item.is(Type::bytes)) return bad(field, "not a byte string");
  if (item.content.size() < least || item.content.size() > most)
    return bad(field, sizes(least, most, item.content.size()));
  return to_bytes(item.content);
}

// AWS writes null for an absent field, against its own prose; both are accepted as absent.
Status read_optional(const cbor::Item& map, std::string_view field, std::size_t least,
                     std::optional<Bytes>& out) {
  const cbor::Item* item = map.find(field);
  if (!item || item->is(Type::null)) return {};
  TEE_TRY(out, sized_bytes(*item, field, least, kMaxField));
  return {};
}

Status read_identity(const cbor::Item& map, Document& out) {
  TEE_TRY(const cbor::Item* module_id, required(map, "module_id", Type::text));
  if (module_id->content.empty()) return bad("module_id", "empty");
  out.module_id = std::string(module_id->text());
  TEE_TRY(const cbor::Item* digest, required(map, "digest", Type::text));
  if (digest->text() != "SHA384")
    return bad("digest", "SHA384 expected, found " + printable(digest->text(), 32));
  TEE_TRY(const cbor::Item* timestamp, required(map, "timestamp", Type::unsigned_int));
  out.timestamp_ms = timestamp->number;
  if (out.timestamp_ms == 0) return bad("timestamp", "zero");
  if (out.timestamp_ms > kLastMillisecond) return bad("timestamp", "beyond the year 9999");
  return {};
}

// Exactly one of the two maps: their indexes mean different things, so a document with both could be read two
// ways.
Status read_pcrs(const cbor::Item& map, Document& out) {
  const bool enclave = map.find("pcrs") != nullptr, tpm = map.find("nitrotpm_pcrs") != nullptr;
  if (enclave && tpm) return bad("pcrs", "beside nitrotpm_pcrs; exactly one of the two is allowed");
  out.kind = tpm ? Kind::nitrotpm : Kind::enclave;
  const std::string_view field = tpm ? "nitrotpm_pcrs" : "pcrs";
  TEE_TRY(const cbor::Item* pcrs, required(map, field, Type::map));
  const std::size_t count = pcrs->children.size() / 2;
  if (count < 1 || count > kMaxPcrs)
    return bad(field, "1 to 32 entries expected, found " + std::to_string(count));
  for (std::size_t i = 0; i < pcrs->children.size(); i += 2) {
    const cbor::Item& index = pcrs->children[i];
    if (!index.is(Type::unsigned_int) || index.number >= kMaxPcrs)
      return bad(field, "an index that is not 0 to 31");
    const auto n = static_cast<unsigned>(index.number);
    TEE_TRY(out.pcrs[n],
            sized_bytes(pcrs->children[i + 1], std::string(field) + "[" + std::to_string(n) + "]", kPcrBytes,
                        kPcrBytes));
  }
  return {};
}

Status read_certificates(const cbor::Item& map, Document& out) {
  TEE_TRY(const cbor::Item* certificate, required(map, "certificate", Type::bytes));
  TEE_TRY(out.certificate, sized_bytes(*certificate, "certificate", 1, kMaxCertificate));
  TEE_TRY(const cbor::Item* bundle, required(map, "cabundle", Type::array));
  const std::size_t count = bundle->children.size();
  if (count < 1 || count > kMaxBundle)
    return bad("cabundle", "1 to 7 entries expected, found " + std::to_string(count));
  for (std::size_t i = 0; i < count; ++i) {
    TEE_TRY(Bytes entry,
            sized_bytes(bundle->children[i], "cabundle[" + std::to_string(i) + "]", 1, kMaxCertificate));
    out.cabundle.push_back(std::move(entry));
  }
  return {};
}

constexpr std::string_view kKnownFields[] = {"module_id",   "digest",   "timestamp",     "pcrs",
                                             "certificate", "cabundle", "nitrotpm_pcrs", "public_key",
                                             "user_data",   "nonce"};

bool known(std::string_view field) {
  for (std::string_view k : kKnownFields)
    if (k == field) return true;
  return false;
}

}  // namespace

std::string_view Document::instance_id() const {
  const std::size_t at = module_id.find("-enc");
  return at == std::string::npos ? std::string_view() : std::string_view(module_id).substr(0, at);
}

const Bytes* Document::pcr(unsigned index) const {
  const auto it = pcrs.find(index);
  return it == pcrs.end() ? nullptr : &it->second;
}

Result<Document> parse_document(ByteView payload) {
  if (payload.empty() || payload.size() > kMaxPayload)
    return bad("payload", sizes(1, kMaxPayload, payload.size()));
  Result<cbor::Item> map = cbor::decode(payload, kPayloadLimits);
  if (!map) return bad("payload", map.error().message);
  if (!map->is(Type::map)) return bad("payload", "not a map");
  Document out;
  out.indefinite = map->indefinite;
  for (std::size_t i = 0; i < map->children.size(); i += 2) {
    const cbor::Item& key = map->children[i];
    if (!key.is(Type::text)) return bad("payload", "a key that is not text");
    if (!known(key.text())) out.unknown_fields.emplace_back(key.text());
  }
  TEE_CHECK(read_identity(*map, out));
  TEE_CHECK(read_pcrs(*map, out));
  TEE_CHECK(read_certificates(*map, out));
  TEE_CHECK(read_optional(*map, "public_key", 1, out.public_key));
  TEE_CHECK(read_optional(*map, "user_data", 0, out.user_data));
  TEE_CHECK(read_optional(*map, "nonce", 0, out.nonce));
  return out;
}

}  // namespace tee::nitro
