# Install and export: tools, man pages, completions, the static library with its headers.
get_property(tools GLOBAL PROPERTY tee_tools)
install(TARGETS ${tools} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS tee EXPORT tee-tools-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY lib/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tee-tools
        FILES_MATCHING PATTERN "*.h" PATTERN "*.def" PATTERN "mint" EXCLUDE)
install(EXPORT tee-tools-targets NAMESPACE tee-tools:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/tee-tools)
include(CMakePackageConfigHelpers)
file(WRITE ${CMAKE_BINARY_DIR}/tee-tools-config.cmake
"include(CMakeFindDependencyMacro)
find_dependency(OpenSSL 3.0 COMPONENTS Crypto)
find_dependency(nlohmann_json)
find_dependency(tl-expected)
find_dependency(Threads)
include(\${CMAKE_CURRENT_LIST_DIR}/tee-tools-targets.cmake)
")
write_basic_package_version_file(${CMAKE_BINARY_DIR}/tee-tools-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/tee-tools-config.cmake ${CMAKE_BINARY_DIR}/tee-tools-config-version.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/tee-tools)
foreach(section 1 5 7)
  file(GLOB pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/man/*.${section})
  install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()
