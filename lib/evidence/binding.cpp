#include "evidence/binding.h"

#include "crypto/digest.h"

namespace tee {

namespace {

void put_field(Writer& out, std::uint8_t tag, const std::optional<Bytes>& field) {
  out.u8(tag).u8(field ? 1 : 0).u32be(field ? static_cast<std::uint32_t>(field->size()) : 0);
  if (field) out.bytes(*field);
}

}  // namespace

Bytes encode_bound_key(std::uint16_t algorithm, ByteView key) {
  Writer out;
  out.u16be(algorithm).bytes(key);
  return std::move(out).take();
}

Bytes digest_parts(const std::vector<ByteView>& parts) {
  Writer out;
  for (ByteView part : parts) out.u32be(static_cast<std::uint32_t>(part.size())).bytes(part);
  return to_bytes(crypto::sha256(out.view()));
}

std::array<std::uint8_t, 64> tee_bind_1(const BoundFields& fields) {
  Writer out;
  out.text("tee-bind-1").u8(0);
  put_field(out, 1, fields.nonce);
  put_field(out, 2, fields.public_key);
  put_field(out, 3, fields.user_data);
  put_field(out, 4, fields.parts);
  return crypto::sha512(out.view());
}

}  // namespace tee
