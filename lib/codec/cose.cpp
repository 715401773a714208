#include "codec/cose.h"

#include <limits>

namespace tee::cose {

namespace {

constexpr std::uint64_t kTagSign1 = 18;                // RFC 9052 section 2
constexpr std::int64_t kLabelAlg = 1, kLabelCrit = 2;  // RFC 9052 section 3.1

tl::unexpected<Error> bad(std::string_view why) {
  return fail(code::input_malformed, "COSE_Sign1: " + std::string(why));
}

std::optional<std::int64_t> small_int(const cbor::Item* item) {
  if (!item || item->number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
    return std::nullopt;
  const auto n = static_cast<std::int64_t>(item->number);
  if (item->is(cbor::Type::unsigned_int)) return n;
  if (item->is(cbor::Type::negative_int)) return -1 - n;
  return std::nullopt;
}

Status read_protected(Sign1& out) {
  if (out.protected_header.empty()) return {};  // RFC 9052 section 3: no protected parameters
  Result<cbor::Item> header = cbor::decode(out.protected_header);
  if (!header) return tl::unexpected(std::move(header).error().within("COSE_Sign1 protected header"));
  if (!header->is(cbor::Type::map)) return bad("the protected header is not a map");
  out.algorithm = small_int(header->find(kLabelAlg));
  out.critical = header->find(kLabelCrit) != nullptr;
  return {};
}

}  // namespace

Result<Sign1> parse_sign1(ByteView input) {
  TEE_TRY(const cbor::Item root, cbor::decode(input));
  Sign1 out;
  const cbor::Item* message = &root;
  if (root.is(cbor::Type::tag)) {
    if (root.number != kTagSign1)
      return bad("tag " + std::to_string(root.number) + " where only 18 may stand");
    out.tagged = true;
    message = &root.children[0];
  }
  if (!message->is(cbor::Type::array) || message->indefinite) return bad("not an array of definite length");
  if (message->children.size() != 4) {
    return bad("four elements expected, found " + std::to_string(message->children.size()));
  }
  const cbor::Item& header = message->children[0];
  const cbor::Item& payload = message->children[2];
  const cbor::Item& signature = message->children[3];
  if (!header.is(cbor::Type::bytes)) return bad("the protected header is not a byte string");
  if (!message->children[1].is(cbor::Type::map)) return bad("the unprotected header is not a map");
  if (payload.is(cbor::Type::null)) return bad("the payload is detached");
  if (!payload.is(cbor::Type::bytes)) return bad("the payload is not a byte string");
  if (!signature.is(cbor::Type::bytes)) return bad("the signature is not a byte string");
  out.protected_header = to_bytes(header.content);
  out.payload = payload.content;
  out.signature = signature.content;
  TEE_CHECK(read_protected(out));
  return out;
}

// RFC 9052 section 4.4. The heads are written anew in shortest form, the contents are taken as received.
Bytes signed_bytes(const Sign1& message) {
  Bytes out;
  out.reserve(message.protected_header.size() + message.payload.size() + 32);
  cbor::put_head(out, 4, 4);
  cbor::put_text(out, "Signature1");
  cbor::put_bytes(out, message.protected_header);
  cbor::put_bytes(out, {});  // external_aad
  cbor::put_bytes(out, message.payload);
  return out;
}

}  // namespace tee::cose
