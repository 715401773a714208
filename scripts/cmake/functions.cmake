# Helpers for the root list file: folders of sources, provider rooms, tools, embedded schemas.

# All .cpp files directly inside FOLDER belong to TARGET.
function(tee_add_folder target folder)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
  target_sources(${target} PRIVATE ${sources})
endfunction()

# tee_provider(NAME [NEEDS shared/ROOM…]): lib/providers/NAME when it is among TEE_ROOMS; defines TEE_WITH_NAME.
function(tee_provider name)
  cmake_parse_arguments(arg "" "" "NEEDS" ${ARGN})
  if(NOT name IN_LIST TEE_ROOMS)
    return()
  endif()
  string(TOUPPER ${name} upper)
  # Only the registries ask which rooms there are: other objects are the same in every subset build.
  set_property(SOURCE ${CMAKE_SOURCE_DIR}/lib/verify/registry.cpp ${CMAKE_SOURCE_DIR}/lib/attest/registry.cpp
               ${CMAKE_SOURCE_DIR}/lib/detect/registry.cpp APPEND PROPERTY COMPILE_DEFINITIONS TEE_WITH_${upper}=1)
  set_property(GLOBAL APPEND PROPERTY tee_room_definitions TEE_WITH_${upper}=1)
  tee_add_folder(tee lib/providers/${name})
  foreach(shared ${arg_NEEDS})
    tee_shared(${shared})
  endforeach()
endfunction()

# A room that others share, once.
function(tee_shared room)
  get_property(done GLOBAL PROPERTY tee_shared_${room})
  if(NOT done)
    tee_add_folder(tee lib/providers/${room})
    set_property(GLOBAL PROPERTY tee_shared_${room} TRUE)
  endif()
endfunction()

# One executable from tools/NAME.cpp. C++ runtime inside the binary: half of the start-up time otherwise.
function(tee_tool name)
  add_executable(${name} ${CMAKE_SOURCE_DIR}/tools/${name}.cpp)
  target_link_libraries(${name} PRIVATE tee tee_flags)
  if(NOT TEE_SANITIZE)
    target_link_options(${name} PRIVATE -static-libstdc++ -static-libgcc)
  endif()
  set_property(GLOBAL APPEND PROPERTY tee_tools ${name})
endfunction()

# Every *.json of FOLDER becomes a string constant: name -> text, in schemas_embedded.cpp.
function(tee_add_schemas target folder)
  file(GLOB schemas CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.json)
  set(out ${CMAKE_BINARY_DIR}/generated/schemas_embedded.cpp)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} "-DOUT=${out}" "-DFILES=${schemas}" -P ${CMAKE_SOURCE_DIR}/scripts/cmake/embed.cmake
    DEPENDS ${schemas} ${CMAKE_SOURCE_DIR}/scripts/cmake/embed.cmake VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()

# lib/mint with the fake vendors of the rooms that are built. TEE_HAS_TOKENS and TEE_HAS_VTPM say which shared ones came along.
function(tee_mint_library)
  add_library(tee_mint STATIC)
  tee_add_folder(tee_mint lib/mint)
  foreach(room ${TEE_ROOMS})
    tee_add_folder(tee_mint lib/mint/${room})
  endforeach()
  if("tdx" IN_LIST TEE_ROOMS OR "sgx" IN_LIST TEE_ROOMS)
    tee_add_folder(tee_mint lib/mint/intel)
  endif()
  if("gcp" IN_LIST TEE_ROOMS OR "azure" IN_LIST TEE_ROOMS OR "nvidia" IN_LIST TEE_ROOMS OR "ear" IN_LIST TEE_ROOMS)
    set(TEE_HAS_TOKENS TRUE PARENT_SCOPE)
    tee_add_folder(tee_mint lib/mint/token)
  endif()
  if("azure" IN_LIST TEE_ROOMS AND "snp" IN_LIST TEE_ROOMS)
    set(TEE_HAS_VTPM TRUE PARENT_SCOPE)
    tee_add_folder(tee_mint lib/mint/vtpm)
  endif()
  if("nvidia" IN_LIST TEE_ROOMS AND "snp" IN_LIST TEE_ROOMS)
    tee_add_folder(tee_mint lib/mint/composite)
  endif()
  target_link_libraries(tee_mint PUBLIC tee PRIVATE tee_flags)
  get_property(room_definitions GLOBAL PROPERTY tee_room_definitions)
  set_property(SOURCE ${CMAKE_SOURCE_DIR}/lib/mint/vendors.cpp ${CMAKE_SOURCE_DIR}/lib/mint/vtpm/vendor.cpp APPEND PROPERTY COMPILE_DEFINITIONS ${room_definitions})
endfunction()
